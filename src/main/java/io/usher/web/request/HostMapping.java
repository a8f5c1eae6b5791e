package io.usher.web.request;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code https://api.example.com/users} is served as {@code /api/users}; what has its place at the root keeps it. */
final class HostMapping {
    private static final String BASE = "/api";
    private static final List<String> LEFT_AS_THEY_ARE = List.of(BASE, "/q", "/docs", "/.well-known", "/problems");

    private HostMapping() {}

    static void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        String path = context.normalizedPath();
        if (path == null || !isApiHost(request.authority()) || !isMapped(path)) {
            context.next();
            return;
        }
        String query = request.query();
        context.reroute(BASE + path + (query == null ? "" : "?" + query));
    }

    static boolean isApiHost(@Nullable HostAndPort authority) {
        String host = authority == null ? null : authority.host();
        return host != null && host.length() > 4 && host.regionMatches(true, 0, "api.", 0, 4);
    }

    /** Whether the path, in its normal form, is one of the API's: {@code /apiary} is, {@code /api/users} is there already. */
    static boolean isMapped(String path) {
        return path.startsWith("/")
                && path.length() > 1
                && LEFT_AS_THEY_ARE.stream().noneMatch(left -> isUnder(path, left));
    }

    private static boolean isUnder(String path, String root) {
        return path.startsWith(root) && (path.length() == root.length() || path.charAt(root.length()) == '/');
    }
}
