package io.usher.ratelimit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So much in so long: {@code 5/60s}, {@code 1200/1m}.
 *
 * @param quota 1 to 1,000,000
 * @param window 1 second to 24 hours
 */
@RegisterForReflection
public record Limit(int quota, Duration window) {
    private static final Pattern FORM = Pattern.compile("\\s*(\\d{1,7})\\s*/\\s*(\\d{1,6})\\s*([smhSMH])\\s*");
    private static final int MAX_QUOTA = 1_000_000;
    private static final Duration MAX_WINDOW = Duration.ofHours(24);

    public Limit {
        if (quota < 1
                || quota > MAX_QUOTA
                || window.compareTo(Duration.ofSeconds(1)) < 0
                || window.compareTo(MAX_WINDOW) > 0) {
            throw new IllegalArgumentException(
                    "A limit is 1 to 1000000 in 1s to 24h; " + quota + " in " + window.toSeconds() + "s is not");
        }
    }

    /** Reads a limit from configuration. */
    public static Limit of(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a limit such as 5/60s: a number, a slash, a time in s, m or h");
        }
        long time = Long.parseLong(parts.group(2));
        Duration window =
                switch (parts.group(3)) {
                    case "s", "S" -> Duration.ofSeconds(time);
                    case "m", "M" -> Duration.ofMinutes(time);
                    default -> Duration.ofHours(time);
                };
        return new Limit(Integer.parseInt(parts.group(1)), window);
    }

    @Override
    public String toString() {
        return quota + "/" + window.toSeconds() + "s";
    }
}
