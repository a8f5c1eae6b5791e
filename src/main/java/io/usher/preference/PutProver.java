package io.usher.preference;

import io.usher.problem.ProblemException;
import io.usher.web.SnakeCaseToo;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A prover to put in the place of what is there under its id.
 *
 * @param proverId stands in the path, and if it is here, too, it is the same
 */
@SnakeCaseToo
@Schema(name = "PutProver", description = "The whole prover: what is absent gets its default. snake_case is read, too.")
record PutProver(
        @Size(max = 100) @Schema(description = "If it is there, the one of the path.", examples = "P-7") @Nullable
        String proverId,

        @Size(max = 100) @Schema(examples = "SN-004711") @Nullable
        String serial,

        @Size(max = 100) @Schema(examples = "Seraphin") @Nullable
        String make,

        @Size(max = 100) @Schema(examples = "Diesel") @Nullable
        String preferredFuelType,

        @Size(max = 50) @Nullable List<@NotBlank @Size(max = 100) String> preferredFuelTypes,

        @Min(0) @Max(Prover.MAX_PRIORITY) @Schema(defaultValue = "1") @Nullable
        Integer priority,

        @Size(max = 4000) @Nullable String fullText) {

    /** The prover of this id. Fails with {@code validation_failed} where the body names another. */
    Prover of(String id) {
        if (proverId != null && !proverId.strip().equals(id)) {
            throw ProblemException.invalid("proverId", "conflict", "must be the one of the path");
        }
        return new Prover(
                id,
                serial,
                make,
                preferredFuelType,
                preferredFuelTypes == null ? List.of() : preferredFuelTypes,
                priority == null ? 1 : priority,
                fullText);
    }
}
