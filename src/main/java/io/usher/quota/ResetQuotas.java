package io.usher.quota;

import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which count begins anew.
 *
 * @param resource all of them if absent
 */
@Schema(name = "ResetQuotas")
record ResetQuotas(
        @Size(max = 50) @Schema(examples = "image") @Nullable
        String resource) implements NamesResource {
    @Override
    public @Nullable String resourceName() {
        return resource;
    }
}
