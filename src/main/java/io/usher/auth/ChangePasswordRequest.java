package io.usher.auth;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A new password for who knows the present one. */
@Schema(name = "ChangeOwnPassword")
record ChangePasswordRequest(
        @Schema(examples = "Correct-Horse-7", writeOnly = true) @NotNull @Size(min = 1, max = 1000)
        String currentPassword,

        @Schema(examples = "Better-Horse-8", writeOnly = true) @NotNull @Size(max = 1000)
        String newPassword) {
    @Override
    public String toString() {
        return "ChangePasswordRequest[]";
    }
}
