package io.usher.security;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The public keys with which anybody can check an access token (RFC 7517). */
@Cancellable(false)
@Path("/")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Auth")
class JwksResource {
    private static final String CACHING = "public, max-age=300";

    private final SigningKeys keys;

    @Inject
    JwksResource(SigningKeys keys) {
        this.keys = keys;
    }

    /** A JSON Web Key Set. */
    @Schema(name = "Jwks", description = "A JSON Web Key Set (RFC 7517)")
    record Jwks(List<Map<String, Object>> keys) {}

    @GET
    @Path(".well-known/jwks.json")
    @NonBlocking
    @Operation(operationId = "jwks", summary = "The public keys of the access tokens")
    @APIResponse(
            responseCode = "200",
            description = "The keys",
            content = @Content(schema = @Schema(implementation = Jwks.class)))
    public Response atRoot() {
        return answer();
    }

    @GET
    @Path("api/.well-known/jwks.json")
    @NonBlocking
    @Operation(operationId = "jwksUnderApi", summary = "The public keys of the access tokens")
    @APIResponse(
            responseCode = "200",
            description = "The keys",
            content = @Content(schema = @Schema(implementation = Jwks.class)))
    public Response underApi() {
        return answer();
    }

    private Response answer() {
        Jwks jwks = new Jwks(keys.current().byId().values().stream()
                .map(KeyFiles::toPublicParameters)
                .toList());
        return Response.ok(jwks).header("Cache-Control", CACHING).build();
    }
}
