package io.usher.generation;

import io.usher.problem.ProblemException;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
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

        @Size(min = 1, max = 2000) @Nullable String error) {

    /** @throws ProblemException {@code validation_failed} that names the field that does not go with the status */
    EndGeneration requireConsistent() {
        if (status == GenerationEnd.COMPLETED && error != null) {
            throw ProblemException.invalid("error", "conflict", "must be null where the status is completed");
        }
        if (status == GenerationEnd.FAILED && mediaUrl != null) {
            throw ProblemException.invalid("mediaUrl", "conflict", "must be null where the status is failed");
        }
        return this;
    }
}
