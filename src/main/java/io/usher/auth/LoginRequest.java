package io.usher.auth;

import io.usher.web.Emails;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An email or a username, with the password or, for a first login, the set-up token. */
@Schema(name = "Login")
record LoginRequest(
        @Schema(examples = "ada@example.com", description = "An email address or a username.", pattern = "\\S")
        @NotNull
        @Size(min = 1, max = 254)
        String username,

        @Schema(examples = "Correct-Horse-7", writeOnly = true) @NotNull @Size(min = 1, max = 1000)
        String password) {

    LoginRequest {
        username = Emails.normaliseOrNull(username);
    }

    /** What the limiter counts by: one spelling for each account. */
    String account() {
        return username.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "LoginRequest[]";
    }
}
