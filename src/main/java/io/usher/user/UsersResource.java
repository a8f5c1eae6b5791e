package io.usher.user;

import io.smallrye.mutiny.Uni;
import io.usher.security.Caller;
import io.usher.security.CurrentCaller;
import io.usher.web.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Users, for their admins. */
@Cancellable(false)
@Path("/api/users")
@RolesAllowed(Caller.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Users", description = "Users, for themselves and for their admins")
class UsersResource {
    private final CurrentCaller caller;
    private final UserAnswers answers;
    private final UserService users;
    private final UserCreateService creation;

    @Inject
    UsersResource(CurrentCaller caller, UserAnswers answers, UserService users, UserCreateService creation) {
        this.caller = caller;
        this.answers = answers;
        this.users = users;
        this.creation = creation;
    }

    @GET
    @Operation(operationId = "listUsers", summary = "Lists the users in your scope")
    @APIResponse(responseCode = "200", description = "A page of users")
    public Uni<Page<AdminUserView>> list(@BeanParam UserListParameters parameters) {
        return users.list(caller.get(), parameters.filter());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createUser",
            summary = "Creates a user, which you then manage",
            description =
                    "Without a password the user is invited: the answer carries its set-up token, once. Only a super admin may give"
                            + " userType admin, superAdmin and roles.")
    @APIResponse(
            responseCode = "201",
            description = "The user, with its set-up token if it has no password",
            headers = {@Header(name = "Location", schema = @Schema(type = SchemaType.STRING))},
            content = @Content(schema = @Schema(implementation = CreatedUser.class)))
    public Uni<Response> create(CreateUser body) {
        return creation.create(caller.get(), body).map(answers::created);
    }
}
