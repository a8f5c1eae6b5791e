package io.usher.security;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** A resource for the tests: says who calls. */
@Path("/api/test/caller")
class CallerProbe {
    @Inject
    CurrentCaller caller;

    @GET
    @Operation(hidden = true)
    @Authenticated
    public Uni<Map<String, Object>> get() {
        Caller current = caller.get();
        return Uni.createFrom()
                .item(Map.of(
                        "userId", current.userId().toString(),
                        "sessionId", current.session().id().toString(),
                        "roles", current.roles(),
                        "ip", caller.client().ip(),
                        "cachedView", String.valueOf(current.cachedView()),
                        "generation", String.valueOf(current.cacheGeneration())));
    }

    @GET
    @Path("admin")
    @Operation(hidden = true)
    @RolesAllowed(Caller.ADMIN)
    public Uni<String> admin() {
        return Uni.createFrom().item("admin");
    }
}
