package io.usher.apikey;

import io.smallrye.mutiny.Uni;
import io.usher.security.Caller;
import io.usher.security.CurrentCaller;
import io.usher.web.Page;
import io.usher.web.PageParameters;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The API keys of a user, for its admins. */
@Cancellable(false)
@Path("/api/admin/users/{userId}/api-keys")
@RolesAllowed(Caller.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Admin: users")
class UserApiKeysResource {
    private final CurrentCaller caller;
    private final UserApiKeysService keys;

    @Inject
    UserApiKeysResource(CurrentCaller caller, UserApiKeysService keys) {
        this.caller = caller;
        this.keys = keys;
    }

    @GET
    @Operation(operationId = "listUserApiKeys", summary = "Lists a user's API keys, newest first")
    @APIResponse(responseCode = "200", description = "A page of keys")
    public Uni<Page<ApiKeyView>> list(@PathParam("userId") String userId, @BeanParam PageParameters parameters) {
        return keys.list(caller.get(), userId, parameters.page(ApiKeySql.ORDER));
    }

    @DELETE
    @Operation(operationId = "deleteUserApiKeys", summary = "Revokes all API keys of a user")
    @APIResponse(responseCode = "204", description = "Their next requests are refused")
    public Uni<Void> deleteAll(@PathParam("userId") String userId) {
        return keys.deleteAll(caller.get(), userId);
    }

    @GET
    @Path("/{keyId}")
    @Operation(operationId = "getUserApiKey", summary = "Shows an API key of a user")
    @APIResponse(responseCode = "200", description = "The key")
    public Uni<ApiKeyView> get(@PathParam("userId") String userId, @PathParam("keyId") UUID keyId) {
        return keys.get(caller.get(), userId, keyId);
    }

    @DELETE
    @Path("/{keyId}")
    @Operation(operationId = "deleteUserApiKey", summary = "Revokes an API key of a user")
    @APIResponse(responseCode = "204", description = "Its next request is refused")
    public Uni<Void> delete(@PathParam("userId") String userId, @PathParam("keyId") UUID keyId) {
        return keys.delete(caller.get(), userId, keyId);
    }
}
