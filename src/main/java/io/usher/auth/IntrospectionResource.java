package io.usher.auth;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.usher.problem.ProblemException;
import io.usher.security.CurrentCaller;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Token introspection (RFC 7662), for resource servers that cannot check tokens, or must know at once that a session has ended. */
@Cancellable(false)
@Path("/api/auth")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Auth")
class IntrospectionResource {
    private final IntrospectionService introspection;
    private final CurrentCaller current;

    IntrospectionResource(IntrospectionService introspection, CurrentCaller current) {
        this.introspection = introspection;
        this.current = current;
    }

    /** The form of RFC 7662, section 2.1; other fields are ignored, as it demands. */
    @Schema(name = "Introspect")
    record Form(
            @Schema(
                    required = true,
                    description = "An access token or API key.",
                    examples = "eyJhbGciOiJSUzI1NiIsImtpZCI6Im…")
            String token,

            @Schema(name = "token_type_hint", description = "Ignored.", examples = "access_token") @Nullable
            String tokenTypeHint) {
        @Override
        public String toString() {
            return "Form[]";
        }
    }

    @POST
    @Path("/introspect")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(
            operationId = "introspect",
            summary = "Ask what a token is worth",
            description =
                    "RFC 7662, for access tokens and API keys. Admins ask about the users that they manage; a customer's API key asks "
                            + "about its owner. What is wrong, expired, revoked or of anybody else is {\"active\": false}, and nothing "
                            + "more.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                            schema = @Schema(implementation = Form.class)))
    @APIResponse(
            responseCode = "200",
            description = "Whether the token is live, and then what it stands for.",
            content = @Content(schema = @Schema(implementation = Introspection.class)))
    public Uni<Introspection> introspect(@FormParam("token") @Nullable String token) {
        if (token == null || token.isEmpty()) {
            throw ProblemException.invalid("token", "required", "must not be empty");
        }
        return introspection.introspect(current.get(), token);
    }
}
