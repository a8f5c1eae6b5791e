package io.usher.web.request;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.usher.web.RequestId;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One line for each request, with fields in the log's context that can be searched (decision 131). Nothing in it is text of a client's: a path
 * may hold an address or the md5 of one, so the line has the route's template, and of the path what is a UUID. The category
 * {@code io.usher.access} turns it off, and then it costs nothing.
 */
@Singleton
class AccessLog {
    private static final Logger LOG = Logger.getLogger("io.usher.access");

    void begin(RoutingContext context) {
        if (LOG.isLoggable(Level.INFO)) {
            long start = System.nanoTime();
            Context request = Vertx.currentContext();
            context.addEndHandler(done -> log(context, request, start, done.succeeded()));
        }
    }

    private static void log(RoutingContext context, @Nullable Context request, long start, boolean answered) {
        String method = MethodCheck.known(context.request().method());
        String route = Route.template(request);
        String status = answered ? Integer.toString(context.response().getStatusCode()) : "aborted";
        String millis = Long.toString(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        String message = method + ' ' + route + ' ' + status + ' ' + millis + "ms";
        var line = new ExtLogRecord(Level.INFO, message, ExtLogRecord.FormatStyle.NO_FORMAT, AccessLog.class.getName());
        line.setLoggerName(LOG.getName());
        line.copyMdc();
        line.putMdc(RequestId.MDC_KEY, RequestId.of(context));
        line.putMdc("method", method);
        line.putMdc("route", route);
        line.putMdc("status", status);
        line.putMdc("durationMs", millis);
        putIfKnown(line, "userId", user(context));
        putIfKnown(line, "target", Route.target(route, context.normalizedPath()));
        LOG.logRaw(line);
    }

    private static void putIfKnown(ExtLogRecord line, String name, @Nullable String value) {
        if (value != null) {
            line.putMdc(name, value);
        }
    }

    private static @Nullable String user(RoutingContext context) {
        if (context.user() instanceof QuarkusHttpUser user) {
            SecurityIdentity identity = user.getSecurityIdentity();
            if (identity != null && !identity.isAnonymous()) {
                return identity.getPrincipal().getName();
            }
        }
        return null;
    }
}
