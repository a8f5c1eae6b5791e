package io.usher.cache;

import org.jspecify.annotations.Nullable;

/** Redis did not answer, or is not asked at the moment. Never the end of a request: there is always a way without it. */
public final class RedisAwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RedisAwayException(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
    }
}
