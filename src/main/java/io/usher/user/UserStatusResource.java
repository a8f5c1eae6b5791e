package io.usher.user;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.usher.security.Caller;
import io.usher.security.CurrentCaller;
import io.usher.security.UserRef;
import io.usher.web.ExpectedVersion;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** What is done to a user, rather than written into it. */
@Cancellable(false)
@Path("/api/users/{userId}")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Users")
class UserStatusResource {
    private final CurrentCaller caller;
    private final UserAnswers answers;
    private final UserStatusService statuses;
    private final PasswordService passwords;

    @Inject
    UserStatusResource(
            CurrentCaller caller, UserAnswers answers, UserStatusService statuses, PasswordService passwords) {
        this.caller = caller;
        this.answers = answers;
        this.statuses = statuses;
        this.passwords = passwords;
    }

    @POST
    @Path("/password")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "changeUserPassword", summary = "Changes your own password; your other sessions end")
    @APIResponse(responseCode = "204", description = "It is changed")
    public Uni<Void> changePassword(@PathParam("userId") String userId, ChangePassword body) {
        return passwords.changeOwn(caller.get(), caller.client(), UserRef.parse(userId), body);
    }

    @POST
    @Path("/activate")
    @RolesAllowed(Caller.ADMIN)
    @Operation(operationId = "activateUser", summary = "Makes a user active")
    @APIResponse(
            responseCode = "200",
            description = "The user as it is now",
            content = @Content(schema = @Schema(implementation = AdminUserView.class)))
    public Uni<Response> activate(
            @PathParam("userId") String userId, @HeaderParam("If-Match") @Nullable String ifMatch) {
        return set(userId, UserStatus.ACTIVE, ifMatch);
    }

    @POST
    @Path("/deactivate")
    @RolesAllowed(Caller.ADMIN)
    @Operation(operationId = "deactivateUser", summary = "Makes a user inactive; its sessions end")
    @APIResponse(
            responseCode = "200",
            description = "The user as it is now",
            content = @Content(schema = @Schema(implementation = AdminUserView.class)))
    public Uni<Response> deactivate(
            @PathParam("userId") String userId, @HeaderParam("If-Match") @Nullable String ifMatch) {
        return set(userId, UserStatus.INACTIVE, ifMatch);
    }

    @POST
    @Path("/suspend")
    @RolesAllowed(Caller.ADMIN)
    @Operation(operationId = "suspendUser", summary = "Suspends a user; its sessions end")
    @APIResponse(
            responseCode = "200",
            description = "The user as it is now",
            content = @Content(schema = @Schema(implementation = AdminUserView.class)))
    public Uni<Response> suspend(
            @PathParam("userId") String userId, @HeaderParam("If-Match") @Nullable String ifMatch) {
        return set(userId, UserStatus.SUSPENDED, ifMatch);
    }

    @POST
    @Path("/restore")
    @RolesAllowed(Caller.ADMIN)
    @Operation(operationId = "restoreUser", summary = "Restores a deleted user, with the status that it had")
    @APIResponse(
            responseCode = "200",
            description = "The user as it is now",
            content = @Content(schema = @Schema(implementation = AdminUserView.class)))
    public Uni<Response> restore(
            @PathParam("userId") String userId, @HeaderParam("If-Match") @Nullable String ifMatch) {
        return statuses.restore(caller.get(), UserRef.parse(userId), ExpectedVersion.parse(ifMatch))
                .map(answers::view);
    }

    private Uni<Response> set(String userId, UserStatus status, @Nullable String ifMatch) {
        return statuses.setStatus(caller.get(), UserRef.parse(userId), status, ExpectedVersion.parse(ifMatch))
                .map(answers::view);
    }
}
