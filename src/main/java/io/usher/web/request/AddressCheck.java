package io.usher.web.request;

import io.usher.problem.ProblemException;
import io.usher.web.error.ProblemWriter;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Refuses addresses that are no URIs ({@code %zz}), or that would name something else than they seem to, with a problem. Quarkus would answer an empty 400 before any filter; {@code Usher}
 * turns that check off, and this one takes its place.
 */
@Singleton
class AddressCheck {
    private final RequestScope scope;
    private final ProblemWriter problems;

    @Inject
    AddressCheck(RequestScope scope, ProblemWriter problems) {
        this.scope = scope;
        this.problems = problems;
    }

    void handle(RoutingContext context) {
        String uri = context.request().uri();
        if (!isWellFormed(uri)) {
            refuse(context);
        } else if (pathEnd(uri, ';') < pathEnd(uri, '?')) {
            refuse(
                    context,
                    "A ';' in the path begins parameters, of which there are none here. As part of an id it is written %3B.");
        } else if (!isUtf8(uri)) {
            refuse(context, "What is written with %, such as %C3%A9 for é, has to be UTF-8.");
        } else {
            context.next();
        }
    }

    private static int pathEnd(String uri, char end) {
        int index = uri.indexOf(end);
        return index < 0 ? uri.length() : index;
    }

    /** Whether the escaped bytes are text; for an address that is well-formed. */
    private static boolean isUtf8(String uri) {
        if (uri.indexOf('%') < 0) {
            return true;
        }
        ByteBuffer bytes = ByteBuffer.allocate(uri.length());
        for (int i = 0; i < uri.length(); i++) {
            boolean escaped = uri.charAt(i) == '%';
            bytes.put(escaped ? (byte) HexFormat.fromHexDigits(uri, i + 1, i + 3) : (byte) 'x');
            i += escaped ? 2 : 0;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    void refuse(RoutingContext context) {
        refuse(context, "The address of the request is not well-formed.");
    }

    /** For a request whose {@code Host} is missing or no host (RFC 9112, section 3.2), which Vert.x fails before any filter. */
    void refuseHost(RoutingContext context) {
        refuse(context, "The header 'Host' is missing, or not well-formed.");
    }

    private void refuse(RoutingContext context, String why) {
        if (!context.response().headWritten()) {
            scope.begin(context);
        }
        Route.hasNone();
        problems.end(context, ProblemException.invalid("", "format", why));
    }

    static boolean isWellFormed(String uri) {
        try {
            return new URI(uri).getRawPath() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
