package io.usher.user;

import io.smallrye.mutiny.Uni;
import io.usher.security.Caller;
import io.usher.security.CurrentCaller;
import io.usher.security.SessionService.LiveSession;
import io.usher.security.UserRef;
import io.usher.web.ExpectedVersion;
import io.usher.web.Page;
import io.usher.web.PageParameters;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
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

/** Users, as an admin's own part of the API has them. */
@Cancellable(false)
@Path("/api/admin/users")
@RolesAllowed(Caller.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Admin: users", description = "The users that an admin manages")
class AdminUserResource {
    private final CurrentCaller caller;
    private final UserAnswers answers;
    private final UserService users;
    private final UserUpdateService updates;
    private final InvitationService invitations;
    private final UserSessionsService sessions;
    private final BulkUpdateService bulk;

    @Inject
    AdminUserResource(
            CurrentCaller caller,
            UserAnswers answers,
            UserService users,
            UserUpdateService updates,
            InvitationService invitations,
            UserSessionsService sessions,
            BulkUpdateService bulk) {
        this.caller = caller;
        this.answers = answers;
        this.users = users;
        this.updates = updates;
        this.invitations = invitations;
        this.sessions = sessions;
        this.bulk = bulk;
    }

    @GET
    @Operation(operationId = "listManagedUsers", summary = "Lists the users in your scope, as GET /api/users does")
    @APIResponse(responseCode = "200", description = "A page of users")
    public Uni<Page<AdminUserView>> list(@BeanParam UserListParameters parameters) {
        return users.list(caller.get(), parameters.filter());
    }

    @POST
    @Path("/bulk-create")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "bulkCreateUsers",
            summary = "Invites up to 1000 users",
            description =
                    "Addresses that cannot be invited are reported as skipped. A super admin is linked to those that exist.")
    @APIResponse(responseCode = "200", description = "Who was created, and who was not")
    public Uni<BulkCreate.Result> bulkCreate(BulkCreate body) {
        return invitations.createAll(caller.get(), body);
    }

    @POST
    @Path("/bulk-update")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "bulkUpdateUsers",
            summary = "Merges into up to 10000 users at once",
            description =
                    "As PATCH /api/users/{userId} would into each, by the same rights: all of them or, where one may not be changed so"
                            + " (403, 409), none. Ids of nobody in your scope are answered as notFound and stop nothing. updated counts"
                            + " those who are now as asked, also who was so before.")
    @APIResponse(responseCode = "200", description = "How many there were, and who was not found")
    public Uni<BulkUpdate.Result> bulkUpdate(BulkUpdate body) {
        return bulk.update(caller.get(), caller.client(), body);
    }

    @GET
    @Path("/{userId}")
    @Operation(operationId = "getManagedUser", summary = "Shows a user, as GET /api/users/{userId} does")
    @APIResponse(
            responseCode = "200",
            description = "The user",
            content = @Content(schema = @Schema(implementation = AdminUserView.class)))
    @APIResponse(responseCode = "304", description = "It is as If-None-Match says")
    public Uni<Response> get(
            @PathParam("userId") String userId, @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        return users.get(caller.get(), UserRef.parse(userId)).map(document -> answers.view(document, ifNoneMatch));
    }

    @PUT
    @Path("/{userId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "updateManagedUser", summary = "Merges into a user, as PATCH /api/users/{userId} does")
    @APIResponse(
            responseCode = "200",
            description = "The user as it is now",
            content = @Content(schema = @Schema(implementation = AdminUserView.class)))
    public Uni<Response> put(
            @PathParam("userId") String userId, @HeaderParam("If-Match") @Nullable String ifMatch, UserFields body) {
        return updates.update(
                        caller.get(), caller.client(), UserRef.parse(userId), body, ExpectedVersion.parse(ifMatch))
                .map(answers::view);
    }

    @POST
    @Path("/{userId}/reset-password")
    @Operation(
            operationId = "resetUserPassword",
            summary = "Takes a user's password away",
            description =
                    "The old password stops working, and its sessions end. The answer carries a new set-up token, once.")
    @APIResponse(responseCode = "200", description = "The set-up token")
    public Uni<InvitationService.Invitation> resetPassword(@PathParam("userId") String userId) {
        return invitations.resetPassword(caller.get(), caller.client(), UserRef.parse(userId));
    }

    @GET
    @Path("/{userId}/sessions")
    @Operation(operationId = "listUserSessions", summary = "Lists a user's live sessions, newest activity first")
    @APIResponse(responseCode = "200", description = "The sessions")
    public Uni<Page<LiveSession>> sessions(@PathParam("userId") String userId, @BeanParam PageParameters parameters) {
        return sessions.list(caller.get(), UserRef.parse(userId), parameters.page(UserSessionsService.PAGES.order()));
    }

    @DELETE
    @Path("/{userId}/sessions")
    @Operation(operationId = "endUserSessions", summary = "Ends all sessions of a user")
    @APIResponse(responseCode = "204", description = "They have ended")
    public Uni<Void> endSessions(@PathParam("userId") String userId) {
        return sessions.endAll(caller.get(), UserRef.parse(userId));
    }
}
