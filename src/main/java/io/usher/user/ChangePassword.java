package io.usher.user;

import io.usher.security.PasswordPolicy;
import io.usher.security.Passwords;
import io.usher.security.SetsPassword;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A new password in place of the present one. */
@Schema(name = "ChangeOwnPassword")
public record ChangePassword(
        @Schema(examples = "Correct-Horse-7", writeOnly = true) @NotNull @Size(min = 1, max = 1000)
        String currentPassword,

        @Schema(
                examples = "Better-Horse-8",
                writeOnly = true,
                minLength = PasswordPolicy.MIN_CHARACTERS,
                maxLength = Passwords.MAX_BYTES)
        @NotNull
        @Size(max = 1000)
        String newPassword)
        implements SetsPassword {
    @Override
    public Chosen chosen() {
        return new Chosen("newPassword", newPassword, null);
    }

    /** Without the passwords: records end up in logs. */
    @Override
    public String toString() {
        return "ChangePassword[]";
    }
}
