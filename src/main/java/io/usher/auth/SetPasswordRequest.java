package io.usher.auth;

import io.usher.security.PasswordPolicy;
import io.usher.security.Passwords;
import io.usher.security.SetsPassword;
import io.usher.web.EmailAddress;
import io.usher.web.Emails;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A first password, on the strength of a set-up token. */
@Schema(name = "SetPassword")
record SetPasswordRequest(
        @Schema(examples = "ada@example.com") @NotNull @EmailAddress
        String email,

        @Schema(
                description = "As the invitation carried it. Not needed with usher.auth.password-setup=open.",
                examples = "5mUyVqkHq1t0Qm3gqJZ3b0cY9l0hN5r8wq2s7d1fX4E",
                writeOnly = true)
        @Size(min = 1, max = 200)
        @Nullable
        String setupToken,

        @Schema(
                examples = "Correct-Horse-7",
                writeOnly = true,
                minLength = PasswordPolicy.MIN_CHARACTERS,
                maxLength = Passwords.MAX_BYTES)
        @NotNull
        String password)
        implements SetsPassword {

    SetPasswordRequest {
        email = Emails.normaliseOrNull(email);
    }

    @Override
    public Chosen chosen() {
        return new Chosen("password", password, email);
    }

    @Override
    public String toString() {
        return "SetPasswordRequest[]";
    }
}
