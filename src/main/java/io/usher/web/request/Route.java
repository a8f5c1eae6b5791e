package io.usher.web.request;

import io.smallrye.common.vertx.ContextLocals;
import io.vertx.core.Context;
import org.jspecify.annotations.Nullable;

/** The template that a request was routed by, as Quarkus leaves it behind in the request's context, and what may be told of the path. */
final class Route {
    /** The template of what was refused before it had one, and of what is no operation. */
    static final String NONE = "NO_ROUTE";

    private static final String TEMPLATE = "UrlPathTemplate";
    private static final int UUID_LENGTH = 36;

    private Route() {}

    /** To be said of a request that is refused before its route is known, with a status that others have, too. */
    static void hasNone() {
        ContextLocals.put(TEMPLATE, "/" + NONE);
    }

    /** Such as {@code /api/users/{userId}}. */
    static String template(@Nullable Context request) {
        String template = request == null ? null : request.getLocal(TEMPLATE);
        return template == null || template.endsWith(NONE) ? NONE : template;
    }

    /** What the first parameter of the path says, where it is a UUID and so no text of a person's; null otherwise. */
    static @Nullable String target(String template, @Nullable String path) {
        int start = template.indexOf('{');
        if (start < 0 || path == null || path.length() < start + UUID_LENGTH) {
            return null;
        }
        int end = start + UUID_LENGTH;
        boolean whole = path.length() == end || path.charAt(end) == '/';
        return whole && isUuid(path, start) ? path.substring(start, end) : null;
    }

    private static boolean isUuid(String text, int start) {
        for (int i = 0; i < UUID_LENGTH; i++) {
            char c = text.charAt(start + i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : Character.digit(c, 16) < 0 || c > 'f') {
                return false;
            }
        }
        return true;
    }
}
