package io.usher.user;

import io.smallrye.mutiny.Uni;
import io.usher.security.Caller;
import io.usher.security.CurrentCaller;
import io.usher.security.UserRef;
import io.usher.web.Page;
import io.usher.web.PageParameters;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Who manages a user. */
@Cancellable(false)
@Path("/api/admin/users/{userId}/admins")
@RolesAllowed(Caller.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Admin: users")
class UserAdminsResource {
    private final CurrentCaller caller;
    private final SharingService sharing;

    @Inject
    UserAdminsResource(CurrentCaller caller, SharingService sharing) {
        this.caller = caller;
        this.sharing = sharing;
    }

    @GET
    @Operation(operationId = "listUserAdmins", summary = "Lists the admins that manage a user")
    @APIResponse(responseCode = "200", description = "The admins, oldest link first")
    public Uni<Page<SharingService.UserAdmin>> list(
            @PathParam("userId") String userId, @BeanParam PageParameters parameters) {
        return sharing.admins(caller.get(), UserRef.parse(userId), parameters.page(SharingService.PAGES.order()));
    }

    @PUT
    @Path("/{adminId}")
    @Operation(operationId = "shareUser", summary = "Lets another admin manage the user as well")
    @APIResponse(responseCode = "204", description = "It manages the user")
    public Uni<Void> share(@PathParam("userId") String userId, @PathParam("adminId") String adminId) {
        return sharing.share(caller.get(), UserRef.parse(userId), UserRef.parse(adminId));
    }

    @DELETE
    @Path("/{adminId}")
    @Operation(
            operationId = "unshareUser",
            summary = "Takes the user from an admin",
            description = "Its last admin can only be taken from it by a super admin.")
    @APIResponse(responseCode = "204", description = "It no longer manages the user")
    public Uni<Void> unshare(@PathParam("userId") String userId, @PathParam("adminId") String adminId) {
        return sharing.unshare(caller.get(), UserRef.parse(userId), UserRef.parse(adminId));
    }
}
