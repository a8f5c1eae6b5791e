package io.usher.user;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.usher.security.CurrentCaller;
import io.usher.security.UserRef;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** A user, for itself and for its admins. */
@Cancellable(false)
@Path("/api/users/{userId}")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Users", description = "Users, for themselves and for their admins")
class UserResource {
    private static final String IF_MATCH = "The ETag of the version that is to be changed; 412 if it has changed since";
    private static final String ID = "A UUID, or the V1 id: 32 hex digits, md5 of the email";

    private final CurrentCaller caller;
    private final UserAnswers answers;
    private final UserService users;
    private final UserUpdateService updates;
    private final UserStatusService statuses;

    @Inject
    UserResource(
            CurrentCaller caller,
            UserAnswers answers,
            UserService users,
            UserUpdateService updates,
            UserStatusService statuses) {
        this.caller = caller;
        this.answers = answers;
        this.users = users;
        this.updates = updates;
        this.statuses = statuses;
    }

    @GET
    @Operation(
            operationId = "getUser",
            summary = "Shows a user",
            description = "Admins see more of a user than it sees of itself.")
    @APIResponse(
            responseCode = "200",
            description = "The user",
            headers = {@Header(name = "ETag", schema = @Schema(type = SchemaType.STRING))},
            content = @Content(schema = @Schema(anyOf = {AdminUserView.class, UserView.class})))
    @APIResponse(responseCode = "304", description = "It is as If-None-Match says")
    public Uni<Response> get(
            @Parameter(description = ID) @PathParam("userId") String userId,
            @Parameter(description = "The ETag of the view that you have") @HeaderParam("If-None-Match") @Nullable
                    String ifNoneMatch) {
        return users.get(caller.get(), UserRef.parse(userId)).map(document -> answers.view(document, ifNoneMatch));
    }

    @PATCH
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "updateUser",
            summary = "Merges into a user",
            description =
                    "Absent stays, null clears. A user writes its profile, and its email together with currentPassword; admins also"
                            + " status, leadStatus, notes, emailVerified and email; super admins also userType, superAdmin and roles. A new email"
                            + " voids every token and code that went to the old one, a change of userType or superAdmin every one that there is. A"
                            + " change of status, type or roles ends the user's sessions.")
    @APIResponse(
            responseCode = "200",
            description = "The user as it is now",
            content = @Content(schema = @Schema(anyOf = {AdminUserView.class, UserView.class})))
    public Uni<Response> patch(
            @Parameter(description = ID) @PathParam("userId") String userId,
            @Parameter(description = IF_MATCH) @HeaderParam("If-Match") @Nullable String ifMatch,
            UserFields body) {
        return updates.update(caller.get(), caller.client(), UserRef.parse(userId), body, UserAnswers.expected(ifMatch))
                .map(answers::view);
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "replaceUser", summary = "Merges into a user, as PATCH does")
    @APIResponse(
            responseCode = "200",
            description = "The user as it is now",
            content = @Content(schema = @Schema(anyOf = {AdminUserView.class, UserView.class})))
    public Uni<Response> put(
            @Parameter(description = ID) @PathParam("userId") String userId,
            @Parameter(description = IF_MATCH) @HeaderParam("If-Match") @Nullable String ifMatch,
            UserFields body) {
        return patch(userId, ifMatch, body);
    }

    @DELETE
    @Operation(
            operationId = "deleteUser",
            summary = "Deletes a user",
            description =
                    "It is out of lists and cannot sign in; its sessions end, its email stays taken, and an admin can restore it.")
    @APIResponse(responseCode = "204", description = "It is deleted")
    public Uni<Void> delete(
            @Parameter(description = ID) @PathParam("userId") String userId,
            @Parameter(description = IF_MATCH) @HeaderParam("If-Match") @Nullable String ifMatch,
            @BeanParam DeleteParameters parameters) {
        return parameters.permanent()
                ? statuses.deletePermanently(caller.get(), UserRef.parse(userId), UserAnswers.expected(ifMatch))
                : statuses.delete(caller.get(), UserRef.parse(userId), UserAnswers.expected(ifMatch));
    }
}
