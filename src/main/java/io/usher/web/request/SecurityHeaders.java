package io.usher.web.request;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;

/** What tells browsers to take every response for what it is, and for nobody else. */
final class SecurityHeaders {
    /** Nothing that the API answers is a page. */
    private static final String API_POLICY =
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /** Swagger UI carries inline scripts and styles, and images as data. */
    private static final String PAGE_POLICY =
            "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
                    + "img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
                    + "frame-ancestors 'none'";

    private SecurityHeaders() {}

    static void addTo(RoutingContext context) {
        MultiMap headers = context.response().headers();
        String path = context.request().path();
        boolean page = path != null && path.startsWith("/q/");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Content-Security-Policy", page ? PAGE_POLICY : API_POLICY);
        if ("https".equals(context.request().scheme())) {
            headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        }
        if (!page) {
            context.addHeadersEndHandler(end -> closeCaches(headers));
        }
    }

    /** Unless the resource said otherwise, nothing stays in a cache that someone else could look into. */
    private static void closeCaches(MultiMap headers) {
        if (!headers.contains("Cache-Control")) {
            headers.set("Cache-Control", headers.contains("ETag") ? "private, no-cache" : "no-store");
        }
    }
}
