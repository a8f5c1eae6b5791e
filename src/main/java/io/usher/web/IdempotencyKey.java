package io.usher.web;

import io.usher.problem.ProblemException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client names a request by, so that sending it twice does it once.
 *
 * @param value 1 to 255 visible ASCII characters
 */
public record IdempotencyKey(String value) {
    public static final String HEADER = "Idempotency-Key";

    /** On the answer to a request that was answered before. */
    public static final String REPLAYED = "Idempotency-Replayed";

    private static final Pattern FORM = Pattern.compile("[!-~]{1,255}");

    /**
     * Reads the header; null where it is absent.
     *
     * @throws ProblemException {@code validation_failed} that names the header
     */
    public static @Nullable IdempotencyKey parse(@Nullable String header) {
        if (header == null) {
            return null;
        }
        if (!FORM.matcher(header).matches()) {
            throw ProblemException.invalid(HEADER, "format", "must be 1 to 255 visible ASCII characters");
        }
        return new IdempotencyKey(header);
    }
}
