package io.usher.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether Redis is asked at all. Open after three failures in a row, so that requests do not wait for a server that is away; closed again
 * by a probe. For a while after that, entries are not believed: another replica may still owe Redis the invalidations of the outage.
 */
final class RedisCircuit {
    static final int FAILURES = 3;
    static final Duration DISTRUST = Duration.ofSeconds(3);

    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicBoolean open = new AtomicBoolean();
    private volatile Instant trustedFrom = Instant.EPOCH;

    boolean isOpen() {
        return open.get();
    }

    boolean isTrusted(Instant now) {
        return !open.get() && !now.isBefore(trustedFrom);
    }

    void succeeded() {
        if (failures.get() != 0) {
            failures.set(0);
        }
    }

    /** True for the failure that opens it. */
    boolean failed() {
        return failures.incrementAndGet() >= FAILURES && open.compareAndSet(false, true);
    }

    /** True where it was open. */
    boolean close(Instant now) {
        trustedFrom = open.get() ? now.plus(DISTRUST) : trustedFrom;
        failures.set(0);
        return open.compareAndSet(true, false);
    }
}
