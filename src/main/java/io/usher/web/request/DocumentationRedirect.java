package io.usher.web.request;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/** Leads a person who opens the service's address to its documentation. */
final class DocumentationRedirect {
    private static final Set<String> PATHS = Set.of("/", "/docs", "/docs/");
    private static final String SWAGGER_UI = "/q/swagger-ui/";

    private DocumentationRedirect() {}

    static void handle(RoutingContext context) {
        HttpMethod method = context.request().method();
        boolean reading = HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method);
        if (!reading || !PATHS.contains(context.normalizedPath())) {
            context.next();
            return;
        }
        context.response().setStatusCode(302).putHeader("Location", SWAGGER_UI).end();
    }
}
