package io.usher.web.request;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.usher.web.RequestId;
import io.usher.web.Text;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * One line for each request: method, path, status, milliseconds, request id, user id. Never the query, a header or a body. The category
 * {@code io.usher.access} turns it off, and then it costs nothing.
 */
@Singleton
class AccessLog {
    private static final Logger LOG = Logger.getLogger("io.usher.access");
    private static final int MAX_PATH = 200;

    void begin(RoutingContext context) {
        if (LOG.isInfoEnabled()) {
            long start = System.nanoTime();
            context.addEndHandler(done -> log(context, start, done.succeeded()));
        }
    }

    private static void log(RoutingContext context, long start, boolean answered) {
        LOG.infof(
                "%s %s %s %dms %s %s",
                Text.printable(context.request().method().name(), 16),
                Text.printable(String.valueOf(context.request().path()), MAX_PATH),
                answered ? Integer.toString(context.response().getStatusCode()) : "aborted",
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
                RequestId.of(context),
                user(context));
    }

    private static String user(RoutingContext context) {
        if (context.user() instanceof QuarkusHttpUser user) {
            SecurityIdentity identity = user.getSecurityIdentity();
            if (identity != null && !identity.isAnonymous()) {
                return Text.printable(identity.getPrincipal().getName(), 64);
            }
        }
        return "-";
    }
}
