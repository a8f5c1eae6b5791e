package io.usher.auth;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The newest refresh token of a session. */
@Schema(name = "Refresh")
record RefreshRequest(
        @Schema(examples = "q8Jx0b1v3c5n7m9a2s4d6f8g0h1j3k5l7z9x2c4v6b8", writeOnly = true)
        @NotNull
        @Size(min = 1, max = 500)
        String refreshToken) {
    @Override
    public String toString() {
        return "RefreshRequest[]";
    }
}
