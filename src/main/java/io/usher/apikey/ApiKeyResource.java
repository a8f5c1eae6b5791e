package io.usher.apikey;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.usher.security.CurrentCaller;
import io.usher.web.Page;
import io.usher.web.PageParameters;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The caller's own API keys. */
@Cancellable(false)
@Path("/api/api-keys")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "API keys")
class ApiKeyResource {
    private final CurrentCaller caller;
    private final ApiKeyService keys;

    @Inject
    ApiKeyResource(CurrentCaller caller, ApiKeyService keys) {
        this.caller = caller;
        this.keys = keys;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createApiKey",
            summary = "Makes an API key",
            description =
                    "The answer carries the key, once. Without `scopes` it has none. `409 conflict` where there are as many as there may be.")
    @APIResponse(
            responseCode = "201",
            description = "The key",
            content = @Content(schema = @Schema(implementation = CreatedApiKey.class)))
    public Uni<Response> create(CreateApiKey body) {
        return keys.create(caller.get().userId(), body).map(created -> Response.created(
                        URI.create("/api/api-keys/" + created.view().id()))
                .entity(created)
                .build());
    }

    @GET
    @Operation(operationId = "listApiKeys", summary = "Lists your API keys, newest first")
    @APIResponse(responseCode = "200", description = "A page of keys")
    public Uni<Page<ApiKeyView>> list(@BeanParam PageParameters parameters) {
        return keys.list(caller.get().userId(), parameters.page(ApiKeySql.ORDER));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getApiKey", summary = "Shows an API key")
    @APIResponse(responseCode = "200", description = "The key")
    public Uni<ApiKeyView> get(@PathParam("id") UUID id) {
        return keys.get(caller.get().userId(), id);
    }

    @PATCH
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "updateApiKey",
            summary = "Merges into an API key",
            description = "Holds from the key's next request on, on every replica.")
    @APIResponse(responseCode = "200", description = "The key as it is now")
    public Uni<ApiKeyView> update(@PathParam("id") UUID id, UpdateApiKey body) {
        return keys.update(caller.get().userId(), id, body);
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "deleteApiKey", summary = "Revokes an API key for good")
    @APIResponse(responseCode = "204", description = "Its next request is refused")
    public Uni<Void> delete(@PathParam("id") UUID id) {
        return keys.delete(caller.get().userId(), id);
    }

    @POST
    @Path("/{id}/rotate")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "rotateApiKey",
            summary = "Gives an API key a new secret",
            description =
                    "The answer carries it, once. The old one is good for the grace period, and no longer than the key. Rotating"
                            + " again ends the grace of the rotation before.")
    @APIResponse(responseCode = "200", description = "The key with its new secret")
    public Uni<CreatedApiKey> rotate(@PathParam("id") UUID id, RotateApiKey body) {
        return keys.rotate(caller.get().userId(), id, body);
    }
}
