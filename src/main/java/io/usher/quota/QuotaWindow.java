package io.usher.quota;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import org.jspecify.annotations.Nullable;

/**
 * The time that one count of a quota is for. Windows of a type follow one another without a gap or an overlap, so each moment is in exactly
 * one.
 *
 * @param start the first moment
 * @param end the first moment of the next window; null for the one window of an unlimited quota
 */
public record QuotaWindow(Instant start, @Nullable Instant end) {
    /** The window that a moment is in. */
    public static QuotaWindow at(QuotaType type, Instant moment) {
        LocalDate day = moment.atOffset(ZoneOffset.UTC).toLocalDate();
        return switch (type) {
            case DAILY -> between(day, day.plusDays(1));
            case WEEKLY -> {
                LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                yield between(monday, monday.plusWeeks(1));
            }
            case UNLIMITED -> new QuotaWindow(Instant.EPOCH, null);
        };
    }

    private static QuotaWindow between(LocalDate first, LocalDate next) {
        return new QuotaWindow(
                first.atStartOfDay().toInstant(ZoneOffset.UTC),
                next.atStartOfDay().toInstant(ZoneOffset.UTC));
    }
}
