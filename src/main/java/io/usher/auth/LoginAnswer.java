package io.usher.auth;

import io.usher.security.SessionService.Tokens;
import io.usher.user.Account;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a login hands out.
 *
 * @param token the access token; empty where a password has to be set first, and then the other members are null
 * @param expiresIn seconds
 * @param refreshExpiresIn seconds
 */
@Schema(name = "LoginAnswer")
record LoginAnswer(
        @Schema(
                description = "The access token; empty where a password has to be set first.",
                examples = "eyJhbGciOiJSUzI1NiIsImtpZCI6Im…")
        String token,

        @Schema(examples = "Bearer") @Nullable String tokenType,

        @Schema(description = "Seconds.", examples = "900") @Nullable
        Long expiresIn,

        @Schema(
                description = "Good for one POST /api/auth/refresh.",
                examples = "q8Jx0b1v3c5n7m9a2s4d6f8g0h1j3k5l7z9x2c4v6b8")
        @Nullable
        String refreshToken,

        @Schema(description = "Seconds.", examples = "86400") @Nullable
        Long refreshExpiresIn,

        @Schema(examples = "false") boolean requirePasswordSetup,
        SignedIn user) {

    /** Who signed in. */
    @Schema(name = "SignedInUser")
    record SignedIn(
            UUID id,
            @Schema(examples = "ada@example.com") String email,
            @Schema(examples = "ada") @Nullable String username,
            @Schema(examples = "Ada Lovelace") String displayName,
            @Schema(examples = "[\"customer\"]") List<String> roles) {

        static SignedIn of(Account account) {
            return new SignedIn(
                    account.id(), account.email(), account.username(), account.displayName(), account.roles());
        }
    }

    static LoginAnswer of(Account account, Tokens tokens) {
        return new LoginAnswer(
                tokens.accessToken(),
                "Bearer",
                tokens.expiresIn(),
                tokens.refreshToken(),
                tokens.refreshExpiresIn(),
                false,
                SignedIn.of(account));
    }

    static LoginAnswer passwordSetup(Account account) {
        return new LoginAnswer("", null, null, null, null, true, SignedIn.of(account));
    }

    /** Without the tokens: records end up in logs. */
    @Override
    public String toString() {
        return "LoginAnswer[user=" + user.id() + "]";
    }
}
