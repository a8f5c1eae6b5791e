package io.usher.generation;

import io.smallrye.mutiny.Uni;
import io.usher.security.Caller;
import io.usher.security.CurrentCaller;
import io.usher.web.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** What the users that an admin manages let be made. */
@Cancellable(false)
@Path("/api/admin/users/{userId}/generations")
@RolesAllowed(Caller.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Admin: users")
class AdminGenerationResource {
    private final CurrentCaller caller;
    private final GenerationService generations;

    @Inject
    AdminGenerationResource(CurrentCaller caller, GenerationService generations) {
        this.caller = caller;
        this.generations = generations;
    }

    @GET
    @Operation(
            operationId = "listUserGenerations",
            summary = "Lists a user's generations, newest first",
            description = "With the user's address, and the one that each was asked for from.")
    @APIResponse(responseCode = "200", description = "A page of the ledger")
    public Uni<Page<AdminGenerationView>> list(
            @PathParam("userId") String userId, @BeanParam GenerationListParameters parameters) {
        return generations.of(caller.get(), userId, parameters.query());
    }
}
