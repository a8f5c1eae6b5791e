package io.usher.migration;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import org.jspecify.annotations.Nullable;

/** Times as V1 wrote them: with an offset, or without one in UTC; with a T in the middle, or with a space. */
final class V1Time {
    static final String DESCRIPTION = "ISO 8601; UTC where it has no offset";
    static final int MAX_LENGTH = 64;

    /** Earlier than V1 was; a clock that was never set lies before it. */
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

    /** How far V1's clock may have been ahead of ours. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private static final int DATE_LENGTH = 10;

    private V1Time() {}

    /** The time to the millisecond; null where there is none, or where it is at fault, which is noted. */
    static @Nullable Instant read(@Nullable String text, Instant now, String field, V1Faults faults) {
        if (text == null) {
            return null;
        }
        Instant time = parse(text);
        if (time == null) {
            faults.add(field, "format", "must be an ISO 8601 time such as 2024-05-01T12:00:00Z");
        } else if (time.isBefore(FIRST) || time.isAfter(now.plus(AHEAD))) {
            faults.add(field, "range", "must be between the year 2000 and now");
        }
        return time;
    }

    /** The time to the millisecond; null where it is none. */
    static @Nullable Instant parse(String text) {
        String iso = text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' '
                ? text.substring(0, DATE_LENGTH) + 'T' + text.substring(DATE_LENGTH + 1)
                : text;
        try {
            return instant(DateTimeFormatter.ISO_DATE_TIME.parseBest(iso, OffsetDateTime::from, LocalDateTime::from))
                    .truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Instant instant(TemporalAccessor parsed) {
        return parsed instanceof OffsetDateTime exact
                ? exact.toInstant()
                : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC);
    }
}
