package io.usher.config;

import static io.usher.config.SettingCheck.Finding.refusal;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Between which bounds numbers and times may be set. They stand here and not as constraints on the settings' interfaces: for those, Quarkus builds a second
 * validator before anything else, which took a quarter of the main thread's time at a start (decision 170).
 */
final class RangeChecks {
    static final List<SettingCheck> ALL = List.of(
            number("usher.api-keys.max-per-user", 1, 10_000),
            number("usher.auth.bcrypt-cost", 4, 16),
            number("usher.auth.password-queue", 1, 1000),
            time("usher.auth.access-token-ttl", "1S", "24H"),
            time("usher.auth.session-ttl", "1S", "P90D"),
            RangeChecks::audienceIsAName,
            time("usher.cache.user-ttl", "1S", "1H"),
            number("usher.database.max-waiting", 1, 100_000),
            time("usher.database.connect-timeout", "1S", "60S"),
            time("usher.database.acquire-timeout", "0.1S", "60S"),
            time("usher.database.statement-timeout", "1S", "10M"),
            time("usher.database.long-statement-timeout", "1S", "24H"),
            time("usher.database.idle-in-transaction-timeout", "1S", "1H"),
            time("usher.database.answer-timeout", "1S", "11M"),
            time("usher.database.sweep-every", "1S", "2H"),
            number("usher.export.max-concurrent", 1, 1000),
            time("usher.export.max-time", "1M", "24H"),
            number("usher.export.personal.max-concurrent", 1, 1000),
            time("usher.export.personal.max-time", "1M", "24H"),
            time("usher.generation.pending-timeout", "1S", "P365D"),
            number("usher.import.max-concurrent", 1, 1000),
            number("usher.import.max-queued", 1, 10_000),
            time("usher.mail.send-timeout", "1S", "50S"),
            number("usher.streams.max", 1, 1_000_000),
            number("usher.streams.max-per-user", 1, 1_000_000),
            time("usher.streams.heartbeat", "1S", "60S"));

    private static final String AUDIENCE = "usher.auth.audience";

    private RangeChecks() {}

    private static SettingCheck number(String property, long least, long most) {
        return within(property, Long::parseLong, least, most, Long.toString(least), Long.toString(most));
    }

    private static SettingCheck time(String property, String least, String most) {
        Function<String, Duration> read = DurationConverter::parseDuration;
        return within(property, read, read.apply(least), read.apply(most), least, most);
    }

    /** What cannot be read Quarkus names itself, at the same start. */
    private static <T extends Comparable<T>> SettingCheck within(
            String property, Function<String, T> read, T least, T most, String leastText, String mostText) {
        return settings -> Settings.value(settings, property)
                .flatMap(text -> read(text, read))
                .filter(value -> value.compareTo(least) < 0 || value.compareTo(most) > 0)
                .map(value -> refusal(property, "is " + value + "; it must be " + leastText + " to " + mostText + "."));
    }

    private static <T> Optional<T> read(String text, Function<String, T> read) {
        try {
            return Optional.of(read.apply(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<SettingCheck.Finding> audienceIsAName(SmallRyeConfig settings) {
        return settings.getOptionalValue(AUDIENCE, String.class)
                .filter(String::isBlank)
                .map(blank -> refusal(AUDIENCE, "is blank; resource servers know this API by it."));
    }
}
