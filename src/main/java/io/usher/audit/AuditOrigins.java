package io.usher.audit;

import io.quarkus.arc.Arc;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.usher.audit.AuditOrigin.Kind;
import io.usher.security.Caller;
import io.usher.security.Client;
import io.usher.security.CurrentCaller;
import io.usher.web.RequestId;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Knows who makes the present request, and from where. */
@ApplicationScoped
class AuditOrigins {
    private final SecurityIdentity identity;
    private final CurrentVertxRequest request;
    private final CurrentCaller caller;

    @Inject
    AuditOrigins(SecurityIdentity identity, CurrentVertxRequest request, CurrentCaller caller) {
        this.identity = identity;
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
        if (!(identity.getPrincipal() instanceof Caller who)) {
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
}
