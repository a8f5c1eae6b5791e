package io.usher.auth;

import io.usher.security.SessionService.Tokens;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The login answer without the user. */
@Schema(name = "RefreshAnswer")
record RefreshAnswer(
        @Schema(examples = "eyJhbGciOiJSUzI1NiIsImtpZCI6Im…")
        String token,

        @Schema(examples = "Bearer") String tokenType,
        @Schema(description = "Seconds.", examples = "900") long expiresIn,

        @Schema(
                description = "Takes the place of the one that was sent.",
                examples = "q8Jx0b1v3c5n7m9a2s4d6f8g0h1j3k5l7z9x2c4v6b8")
        String refreshToken,

        @Schema(description = "Seconds until the session ends, however often it is refreshed.", examples = "85500")
        long refreshExpiresIn,

        @Schema(examples = "false") boolean requirePasswordSetup) {

    static RefreshAnswer of(Tokens tokens) {
        return new RefreshAnswer(
                tokens.accessToken(),
                "Bearer",
                tokens.expiresIn(),
                tokens.refreshToken(),
                tokens.refreshExpiresIn(),
                false);
    }

    @Override
    public String toString() {
        return "RefreshAnswer[]";
    }
}
