package io.usher.generation;

import io.usher.problem.FieldError;
import io.usher.web.SelfChecked;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How a generation ended.
 *
 * @param mediaUrl where its result is; only where it is completed
 * @param error what went wrong; only where it failed
 */
@Schema(name = "EndGeneration")
record EndGeneration(
        @NotNull GenerationEnd status,

        @Size(min = 1, max = 2000) @Schema(examples = "https://media.example.com/lighthouse.png") @Nullable
        String mediaUrl,

        @Size(min = 1, max = 2000) @Nullable String error)
        implements SelfChecked {

    @Override
    public List<FieldError> faults() {
        if (status == GenerationEnd.COMPLETED && error != null) {
            return List.of(new FieldError("error", "conflict", "must be null where the status is completed"));
        }
        if (status == GenerationEnd.FAILED && mediaUrl != null) {
            return List.of(new FieldError("mediaUrl", "conflict", "must be null where the status is failed"));
        }
        return List.of();
    }
}
