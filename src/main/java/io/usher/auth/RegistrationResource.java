package io.usher.auth;

import io.smallrye.mutiny.Uni;
import io.usher.ratelimit.RateLimiter;
import io.usher.security.Client;
import io.usher.security.CurrentCaller;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
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
import org.jspecify.annotations.Nullable;

/** Making an account by oneself. */
@Cancellable(false)
@Path("/api/auth")
@PermitAll
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Auth", description = "Registering, signing in, passwords, own sessions.")
class RegistrationResource {
    private final RegistrationService registrations;
    private final RateLimiter limits;
    private final CurrentCaller current;

    RegistrationResource(RegistrationService registrations, RateLimiter limits, CurrentCaller current) {
        this.registrations = registrations;
        this.limits = limits;
        this.current = current;
    }

    @POST
    @Path("/register")
    @Operation(
            operationId = "register",
            summary = "Register",
            description =
                    "Answers the same for an address that has an account: its owner gets a notice by mail instead of a code. An "
                            + "address that nobody has verified yet can be registered again: the newest registration, and its code, count. The "
                            + "username is reserved once the address is verified; 409 username_taken where somebody has it already.")
    @APIResponse(
            responseCode = "202",
            description = "A code was mailed; send it to POST /api/auth/verify-email.",
            content = @Content(schema = @Schema(implementation = RegistrationStatus.class)))
    @APIResponse(
            responseCode = "201",
            description =
                    "Signed in, with usher.registration.verification=false; an address that is taken is then a 409.",
            content = @Content(schema = @Schema(implementation = LoginAnswer.class)))
    public Uni<Response> register(RegisterRequest request) {
        Client client = current.client();
        return limits.sensitive("register", client.ip(), client.ip())
                .chain(() -> registrations.register(request, client))
                .map(RegistrationResource::answer);
    }

    @POST
    @Path("/verify-email")
    @Operation(
            operationId = "verifyEmail",
            summary = "Verify an email address",
            description = "With the 6 digits that were mailed: single use, 10 minutes, 5 tries. Signs in.")
    @APIResponse(
            responseCode = "200",
            description = "Signed in.",
            content = @Content(schema = @Schema(implementation = LoginAnswer.class)))
    public Uni<LoginAnswer> verify(VerifyEmailRequest request) {
        Client client = current.client();
        return limits.sensitive("verify-email", request.email(), client.ip())
                .chain(() -> registrations.verify(request, client));
    }

    @POST
    @Path("/resend-verification")
    @Operation(
            operationId = "resendVerification",
            summary = "Ask for another verification code",
            description =
                    "Always 202: a mail is sent where the address has an account that waits for its verification. The new code "
                            + "replaces the last one.")
    @APIResponse(responseCode = "202", description = "Noted.")
    public Uni<Response> resend(AddressRequest request) {
        return limits.sensitive(
                        "resend-verification", request.email(), current.client().ip())
                .chain(() -> registrations.resend(request))
                .map(ignored -> Response.accepted().build());
    }

    private static Response answer(@Nullable LoginAnswer signedIn) {
        return signedIn == null
                ? Response.accepted(RegistrationStatus.VERIFICATION_REQUIRED).build()
                : Response.created(URI.create("/api/users/" + signedIn.user().id()))
                        .entity(signedIn)
                        .build();
    }
}
