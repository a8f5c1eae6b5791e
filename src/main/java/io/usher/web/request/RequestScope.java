package io.usher.web.request;

import io.opentelemetry.api.trace.Span;
import io.usher.web.RequestId;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.MDC;

/** Gives every request its id, in the log's context and on the response, the security headers, and its line in the access log. */
@Singleton
class RequestScope {
    private final AccessLog accessLog;
    private final boolean traced;

    @Inject
    RequestScope(AccessLog accessLog, @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean untraced) {
        this.accessLog = accessLog;
        this.traced = !untraced;
    }

    void handle(RoutingContext context) {
        begin(context);
        context.next();
    }

    /** For probes and metrics, which come every few seconds: their lines would hide those of clients. */
    void handleUnlogged(RoutingContext context) {
        identify(context);
        context.next();
    }

    void begin(RoutingContext context) {
        identify(context);
        accessLog.begin(context);
        if (traced) {
            Span.current().setAttribute("usher.request.id", RequestId.of(context));
        }
    }

    private static void identify(RoutingContext context) {
        String id = RequestId.of(context);
        MDC.put(RequestId.MDC_KEY, id);
        context.response().putHeader(RequestId.HEADER, id);
        SecurityHeaders.addTo(context);
    }
}
