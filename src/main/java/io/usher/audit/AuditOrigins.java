package io.usher.audit;

import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.usher.audit.AuditOrigin.Kind;
import io.usher.security.Caller;
import io.usher.security.Client;
import io.usher.security.CurrentCaller;
import io.usher.web.RequestId;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Knows who makes the present request, and from where. */
@ApplicationScoped
class AuditOrigins {
    private final CurrentVertxRequest request;
    private final CurrentCaller caller;

    @Inject
    AuditOrigins(CurrentVertxRequest request, CurrentCaller caller) {
        this.request = request;
        this.caller = caller;
    }

    /** The present request's; the service itself outside of requests, which is where jobs and the start are. */
    AuditOrigin present() {
        RoutingContext context = Arc.container().requestContext().isActive() ? request.getCurrent() : null;
        if (context == null) {
            return AuditOrigin.SYSTEM;
        }
        Client client = caller.client();
        String requestId = RequestId.of(context);
        Caller who = signedIn(context);
        if (who == null) {
            return new AuditOrigin(Kind.USER, null, null, client.ip(), client.userAgent(), requestId);
        }
        Caller.Key key = who.apiKey();
        return new AuditOrigin(
                key == null ? Kind.USER : Kind.KEY,
                who.userId(),
                key == null ? null : key.id(),
                client.ip(),
                client.userAgent(),
                requestId);
    }

    /** Who has signed in for this request; where nothing asked for it, nobody has, whatever credential came along. */
    private static @Nullable Caller signedIn(RoutingContext context) {
        return context.user() instanceof QuarkusHttpUser user
                        && user.getSecurityIdentity().getPrincipal() instanceof Caller who
                ? who
                : null;
    }
}
