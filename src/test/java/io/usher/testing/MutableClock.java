package io.usher.testing;

import io.quarkus.arc.Unremovable;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The application's clock in tests: it runs as the real one does, some way ahead of it or behind it. Set right after every test. Inject it,
 * and {@link #advance} it. Redis's own expiry and the database's own clock do not move.
 */
@Alternative
@Unremovable
@Priority(1)
@Singleton
public class MutableClock extends Clock {
    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

    /** Moves the clock on; a negative duration moves it back. */
    public void advance(Duration by) {
        offset.updateAndGet(by::plus);
    }

    /** Sets the clock; it runs on from there. */
    public void set(Instant now) {
        offset.set(Duration.between(Instant.now(), now));
    }

    /** Back to the real time. */
    public void reset() {
        offset.set(Duration.ZERO);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(offset.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.offset(Clock.system(zone), offset.get());
    }
}
