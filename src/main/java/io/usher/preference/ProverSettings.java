package io.usher.preference;

import io.usher.web.SnakeCaseToo;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The user's provers.
 *
 * @param provers as {@code /provers} lists them: they are the same rows
 * @param workWeekPreference in which week they are used; null where that is the user's own work week
 * @param lastUpdated when any of this was set last
 */
@SnakeCaseToo
@Schema(name = "ProverSettings")
public record ProverSettings(
        @Size(max = ProverSettings.MAX_PROVERS) @DistinctProvers @Schema(description = "By priority, then by id.")
        List<Prover> provers,

        @Nullable WorkWeekSettings workWeekPreference,

        @Schema(description = "Set by the service where it is not given.") @Nullable
        Instant lastUpdated)
        implements PreferenceSettings {
    static final int MAX_PROVERS = 500;

    public ProverSettings {
        provers = provers == null ? List.of() : List.copyOf(provers);
        lastUpdated = lastUpdated == null ? null : lastUpdated.truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public PreferenceCategory category() {
        return PreferenceCategory.PROVER;
    }

    @Override
    public ProverSettings setAt(Instant now) {
        return lastUpdated == null ? new ProverSettings(provers, workWeekPreference, now) : this;
    }

    /** With these provers, in their order. */
    ProverSettings with(List<Prover> others) {
        return new ProverSettings(others.stream().sorted(Prover.ORDER).toList(), workWeekPreference, lastUpdated);
    }
}
