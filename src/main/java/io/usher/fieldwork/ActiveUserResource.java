package io.usher.fieldwork;

import io.smallrye.mutiny.Uni;
import io.usher.security.Caller;
import io.usher.security.CurrentCaller;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The user that the calling admin works as. */
@Cancellable(false)
@Path("/api/active-user")
@RolesAllowed(Caller.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Active user")
class ActiveUserResource {
    private final CurrentCaller caller;
    private final ActiveUserService active;

    @Inject
    ActiveUserResource(CurrentCaller caller, ActiveUserService active) {
        this.caller = caller;
        this.active = active;
    }

    @GET
    @Operation(
            operationId = "getActiveUser",
            summary = "Shows the user that you work as",
            description = "404 no_active_user where there is none, or it is deleted or no longer one of yours.")
    @APIResponse(responseCode = "200", description = "The user")
    @APIResponse(responseCode = "404", description = "There is none")
    public Uni<ActiveUserView> get() {
        return active.get(caller.get());
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "setActiveUser",
            summary = "Sets the user that you work as",
            description =
                    "In the place of the one before. The user's lastUsedAt becomes now, also where it is the same one.")
    @APIResponse(responseCode = "200", description = "The user")
    @APIResponse(responseCode = "404", description = "There is no such user")
    public Uni<ActiveUserView> set(SetActiveUser body) {
        return active.set(caller.get(), caller.client(), body.userId());
    }

    @DELETE
    @Operation(operationId = "endActiveUser", summary = "Works as nobody", description = "Also where there is none.")
    @APIResponse(responseCode = "204", description = "There is none now")
    public Uni<Void> end() {
        return active.end(caller.get());
    }
}
