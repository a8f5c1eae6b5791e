package io.usher.cache;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Makes generations: texts that no replica ever makes twice. They are no secret, so one random number a process is enough. */
@ApplicationScoped
public class Generations {
    /** How long a generation lives; longer than anything that is cached under it, and when it goes, all of that is void. */
    public static final Duration TTL = Duration.ofHours(2);

    /** How long a lock keeps everybody from caching when the one who set it dies; longer than a transaction takes. */
    static final Duration LOCK_TTL = Duration.ofSeconds(10);

    private static final String LOCK = "!";

    private final AtomicLong counter = new AtomicLong();
    private final String process;

    Generations() {
        byte[] random = new byte[10];
        new SecureRandom().nextBytes(random);
        this.process = HexFormat.of().formatHex(random) + "-";
    }

    /** A generation that nobody has seen before. */
    public String next() {
        return process + Long.toString(counter.incrementAndGet(), Character.MAX_RADIX);
    }

    /** A value that says: a write is under way. */
    String lock() {
        return LOCK + next();
    }
}
