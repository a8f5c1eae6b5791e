package io.usher.preference;

import io.usher.web.SnakeCaseToo;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A prover, with which dispensers are calibrated, and what it is used for.
 *
 * @param proverId the client's own name of it, one of each for a user
 * @param priority provers are listed by it, lowest first
 * @param fullText the prover as the system wrote it that it was read from
 */
@SnakeCaseToo
@Schema(name = "Prover")
public record Prover(
        @NotBlank @Size(max = 100) @Pattern(regexp = Prover.ID, message = Prover.ID_MESSAGE) @Schema(examples = "P-7")
        String proverId,

        @Size(max = 100) @Schema(examples = "SN-004711") @Nullable
        String serial,

        @Size(max = 100) @Schema(examples = "Seraphin") @Nullable
        String make,

        @Size(max = 100) @Schema(examples = "Diesel") @Nullable
        String preferredFuelType,

        @Size(max = 50) List<@NotBlank @Size(max = 100) String> preferredFuelTypes,

        @Min(0) @Max(Prover.MAX_PRIORITY) @Schema(defaultValue = "1")
        Integer priority,

        @Size(max = 4000) @Nullable String fullText) {
    static final int MAX_PRIORITY = 1_000_000;

    /** What can stand in a path as one segment. */
    static final String ID = "^(?!\\.{1,2}$)[^/\\\\\\x00-\\x1f\\x7f-\\x9f]*$";

    static final String ID_MESSAGE = "must have no slash, backslash or control character, and not be . or ..";

    /** The order in which provers are listed. */
    static final Comparator<Prover> ORDER =
            Comparator.comparing(Prover::priority).thenComparing(Prover::proverId);

    public Prover {
        proverId = Objects.requireNonNullElse(stripped(proverId), "");
        serial = stripped(serial);
        make = stripped(make);
        preferredFuelType = stripped(preferredFuelType);
        preferredFuelTypes = preferredFuelTypes == null
                ? List.of()
                : preferredFuelTypes.stream().map(String::strip).toList();
        priority = Objects.requireNonNullElse(priority, 1);
        fullText = stripped(fullText);
    }

    /** Blank text says as much as none, and is kept as none. */
    private static @Nullable String stripped(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
