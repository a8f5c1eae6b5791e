package io.usher.security;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Who makes the present request, and from where. For resource methods; services take a {@link Caller} as a parameter. */
@ApplicationScoped
public class CurrentCaller {
    private final SecurityIdentity identity;
    private final CurrentVertxRequest request;

    @Inject
    CurrentCaller(SecurityIdentity identity, CurrentVertxRequest request) {
        this.identity = identity;
        this.request = request;
    }

    /** The caller; only where the resource method demands one ({@code @Authenticated}, {@code @RolesAllowed}). */
    public Caller get() {
        if (identity.getPrincipal() instanceof Caller caller) {
            return caller;
        }
        throw ProblemException.of(ProblemCode.UNAUTHENTICATED);
    }

    /** Where the request comes from; also for anonymous ones. */
    public Client client() {
        RoutingContext context = request.getCurrent();
        return context == null ? new Client("unknown", null) : Client.of(context.request());
    }
}
