package io.usher.user;

import io.smallrye.mutiny.Uni;
import io.usher.security.Caller;
import io.usher.web.Page;
import io.usher.web.PageParameters;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Custom roles. */
@Cancellable(false)
@Path("/api/admin/roles")
@RolesAllowed(Caller.SUPER_ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Admin: roles", description = "Roles of your own making, beside customer, admin and super-admin")
class RoleResource {
    private final RoleService roles;

    @Inject
    RoleResource(RoleService roles) {
        this.roles = roles;
    }

    @GET
    @Operation(operationId = "listRoles", summary = "Lists the roles, built-in ones first")
    @APIResponse(responseCode = "200", description = "The roles")
    public Uni<Page<RoleView>> list(@BeanParam PageParameters parameters) {
        return roles.list(parameters.page(RoleService.PAGES.order()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createRole", summary = "Creates a custom role")
    @APIResponse(
            responseCode = "201",
            description = "The role",
            content = @Content(schema = @Schema(implementation = RoleView.class)))
    public Uni<Response> create(CreateRole body) {
        return roles.create(body).map(role -> Response.created(URI.create("/api/admin/roles/" + role.name()))
                .entity(role)
                .build());
    }

    @DELETE
    @Path("/{name}")
    @Operation(operationId = "deleteRole", summary = "Deletes a custom role that nobody has")
    @APIResponse(responseCode = "204", description = "It is deleted")
    public Uni<Void> delete(@PathParam("name") String name) {
        return roles.delete(name);
    }
}
