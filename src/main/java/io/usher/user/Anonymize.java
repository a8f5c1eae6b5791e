package io.usher.user;

import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** @param currentPassword the caller's own, which it takes to anonymise oneself */
@Schema(name = "Anonymize")
record Anonymize(
        @Schema(examples = "Correct-Horse-7", writeOnly = true) @Size(min = 1, max = 1000) @Nullable
        String currentPassword) {
    /** Without the password: records end up in logs. */
    @Override
    public String toString() {
        return "Anonymize[]";
    }
}
