package io.usher.web.openapi;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.headers.Header;

/** The headers that responses carry, as the document's components describe them. */
final class Headers {
    /** On every response of the API. */
    static final List<String> COMMON = List.of("X-Request-Id", "RateLimit-Policy", "RateLimit");

    private Headers() {}

    static Header reference(String name) {
        return OASFactory.createHeader().ref("#/components/headers/" + name);
    }
}
