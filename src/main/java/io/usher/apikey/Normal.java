package io.usher.apikey;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The form in which what clients say of a key is kept. */
final class Normal {
    private Normal() {}

    /** Without blanks around it; blank text says as much as none. */
    static @Nullable String text(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** To the millisecond, as everything that leaves the service is. */
    static @Nullable Instant time(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS);
    }
}
