package io.usher.auth;

import io.usher.security.PasswordPolicy;
import io.usher.security.Passwords;
import io.usher.security.SetsPassword;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A new password, on the strength of a mailed token. */
@Schema(name = "ResetPassword")
record ResetPasswordRequest(
        @Schema(examples = "5mUyVqkHq1t0Qm3gqJZ3b0cY9l0hN5r8wq2s7d1fX4E", writeOnly = true)
        @NotNull
        @Size(min = 1, max = 200)
        String token,

        @Schema(
                examples = "Correct-Horse-7",
                writeOnly = true,
                minLength = PasswordPolicy.MIN_CHARACTERS,
                maxLength = Passwords.MAX_BYTES)
        @NotNull
        String newPassword)
        implements SetsPassword {
    @Override
    public Chosen chosen() {
        return new Chosen("newPassword", newPassword, null);
    }

    @Override
    public String toString() {
        return "ResetPasswordRequest[]";
    }
}
