package io.usher.auth;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.usher.security.CurrentCaller;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Who calls. */
@Cancellable(false)
@Path("/api/auth/me")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Auth")
class MeResource {
    private final MeService service;
    private final CurrentCaller current;

    MeResource(MeService service, CurrentCaller current) {
        this.service = service;
        this.current = current;
    }

    @GET
    @Operation(
            operationId = "me",
            summary = "Who am I",
            description = "The caller's own view, roles, quotas, credits and session in one call.")
    @APIResponse(
            responseCode = "200",
            description = "The caller.",
            content = @Content(schema = @Schema(implementation = MeView.class)))
    public Uni<MeView> me() {
        return service.me(current.get());
    }
}
