package io.usher.user;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A custom role to create. */
@Schema(name = "CreateRole")
record CreateRole(
        @NotNull
        @Pattern(
                regexp = CreateRole.NAME,
                message = "must be 2 to 32 lower-case letters, digits or -, beginning with a letter")
        String name,

        @Size(max = 500) @Nullable String description) {
    static final String NAME = "[a-z][a-z0-9-]{1,31}";
}
