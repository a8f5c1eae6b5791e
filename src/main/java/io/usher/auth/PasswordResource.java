package io.usher.auth;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.usher.ratelimit.RateLimiter;
import io.usher.security.Client;
import io.usher.security.CurrentCaller;
import io.usher.user.ChangePassword;
import io.usher.user.PasswordService;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** New passwords for those who have one, or had. */
@Cancellable(false)
@Path("/api/auth")
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Auth")
class PasswordResource {
    private final PasswordService passwords;
    private final PasswordRecovery recovery;
    private final RateLimiter limits;
    private final CurrentCaller current;

    PasswordResource(PasswordService passwords, PasswordRecovery recovery, RateLimiter limits, CurrentCaller current) {
        this.passwords = passwords;
        this.recovery = recovery;
        this.limits = limits;
        this.current = current;
    }

    @POST
    @Path("/change-password")
    @Authenticated
    @Operation(
            operationId = "changePassword",
            summary = "Change one's own password",
            description =
                    "Every other session of the caller ends. A wrong current password is a 401 invalid_credentials.")
    @APIResponse(responseCode = "204", description = "Changed.")
    public Uni<Void> change(ChangePassword request) {
        return passwords.change(current.get(), current.client(), request.currentPassword(), request.newPassword());
    }

    @POST
    @Path("/forgot-password")
    @PermitAll
    @Operation(
            operationId = "forgotPassword",
            summary = "Ask for a mail to choose a new password with",
            description = "Always 202, in the same time: a mail is sent where the address has an active account.")
    @APIResponse(responseCode = "202", description = "Noted.")
    public Uni<Response> forgot(AddressRequest request) {
        return limits.sensitive(
                        "forgot-password", request.email(), current.client().ip())
                .chain(() -> recovery.forgot(request))
                .map(ignored -> Response.accepted().build());
    }

    @POST
    @Path("/reset-password")
    @PermitAll
    @Operation(
            operationId = "resetPassword",
            summary = "Choose a new password",
            description = "With the token of the mail: single use, 1 hour. Every session of the user ends.")
    @APIResponse(responseCode = "204", description = "Changed; sign in with it.")
    public Uni<Void> reset(ResetPasswordRequest request) {
        Client client = current.client();
        return limits.sensitive("reset-password", client.ip(), client.ip())
                .chain(() -> recovery.reset(request, client));
    }
}
