package io.usher.auth;

import io.smallrye.mutiny.Uni;
import io.usher.ratelimit.RateLimiter;
import io.usher.security.Client;
import io.usher.security.CurrentCaller;
import io.usher.security.SessionService;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Signing in. */
@Cancellable(false)
@Path("/api/auth")
@PermitAll
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Auth")
class LoginResource {
    private final LoginService logins;
    private final SetupService setup;
    private final SessionService sessions;
    private final RateLimiter limits;
    private final CurrentCaller current;

    LoginResource(
            LoginService logins,
            SetupService setup,
            SessionService sessions,
            RateLimiter limits,
            CurrentCaller current) {
        this.logins = logins;
        this.setup = setup;
        this.sessions = sessions;
        this.limits = limits;
        this.current = current;
    }

    @POST
    @Path("/login")
    @Operation(
            operationId = "login",
            summary = "Sign in",
            description =
                    "A wrong user, a wrong password and a password that was never set are the same 401 invalid_credentials. An "
                            + "invited user sends its set-up token as the password, and is answered requirePasswordSetup: POST "
                            + "/api/auth/set-password comes next. 403 account_inactive goes only to who knows the password.")
    @APIResponse(
            responseCode = "200",
            description = "Signed in, or (requirePasswordSetup) to set a password first.",
            content = @Content(schema = @Schema(implementation = LoginAnswer.class)))
    public Uni<LoginAnswer> login(LoginRequest request) {
        Client client = current.client();
        return limits.sensitive("login", request.account(), client.ip()).chain(() -> logins.login(request, client));
    }

    @POST
    @Path("/set-password")
    @Operation(
            operationId = "setPassword",
            summary = "Set a first password",
            description = "With the set-up token of an invitation, or of a password reset by an admin. Signs in.")
    @APIResponse(
            responseCode = "200",
            description = "Signed in.",
            content = @Content(schema = @Schema(implementation = LoginAnswer.class)))
    public Uni<LoginAnswer> setPassword(SetPasswordRequest request) {
        Client client = current.client();
        return limits.sensitive("set-password", request.email(), client.ip())
                .chain(() -> setup.setPassword(request, client));
    }

    @POST
    @Path("/refresh")
    @Operation(
            operationId = "refresh",
            summary = "Get a new access token",
            description =
                    "The refresh token is replaced, too. One that was used before ends its session: 401 refresh_reused.")
    @APIResponse(
            responseCode = "200",
            description = "New tokens of the same session.",
            content = @Content(schema = @Schema(implementation = RefreshAnswer.class)))
    public Uni<RefreshAnswer> refresh(RefreshRequest request) {
        return limits.refresh(current.client().ip())
                .chain(() -> sessions.refresh(request.refreshToken()))
                .map(RefreshAnswer::of);
    }
}
