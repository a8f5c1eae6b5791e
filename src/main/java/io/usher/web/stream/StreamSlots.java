package io.usher.web.stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/** Counts the streams that are open in this process: each holds a connection, and asks for its state every second. */
@ApplicationScoped
class StreamSlots {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final StreamConfig config;
    private final Map<UUID, Integer> perUser = new HashMap<>();
    private int open;

    @Inject
    StreamSlots(StreamConfig config, MeterRegistry metrics) {
        this.config = config;
        metrics.gauge("usher.streams.open", this, StreamSlots::open);
    }

    /** Takes one; what it answers gives it back, once. @throws ProblemException {@code overloaded}, {@code rate_limited} */
    synchronized Runnable take(UUID user) {
        if (open >= config.max()) {
            throw ProblemException.retryAfter(ProblemCode.OVERLOADED, "Too many event streams are open.", SOON);
        }
        int own = perUser.getOrDefault(user, 0);
        if (own >= config.maxPerUser()) {
            throw ProblemException.retryAfter(
                    ProblemCode.RATE_LIMITED, "You have " + own + " event streams open. Close one first.", SOON);
        }
        open++;
        perUser.put(user, own + 1);
        AtomicBoolean taken = new AtomicBoolean(true);
        return () -> {
            if (taken.getAndSet(false)) {
                giveBack(user);
            }
        };
    }

    private synchronized void giveBack(UUID user) {
        open--;
        perUser.computeIfPresent(user, (key, own) -> own == 1 ? null : own - 1);
    }

    synchronized int open() {
        return open;
    }
}
