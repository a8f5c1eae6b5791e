package io.usher.cache;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Makes generations, and names of writes: texts that no replica ever makes twice, without {@code !} and {@code @}. They are no secret, so one random number a process is enough. */
@ApplicationScoped
public class Generations {
    /** How long a generation lives; longer than anything that is cached under it, and when it goes, all of that is void. */
    public static final Duration TTL = Duration.ofHours(2);

    /** How long a write keeps everybody from caching when its process dies; longer than a transaction takes. */
    static final Duration LOCK_TTL = Duration.ofSeconds(10);

    private static final LuaScript LOCK = LuaScript.ofFiles("now.lua", "writes.lua", "lock.lua");
    private static final LuaScript UNLOCK = LuaScript.ofFiles("now.lua", "writes.lua", "unlock.lua");

    private final AtomicLong counter = new AtomicLong();
    private final String process;

    Generations() {
        byte[] random = new byte[10];
        new SecureRandom().nextBytes(random);
        this.process = HexFormat.of().formatHex(random) + "-";
    }

    /** One script on one user. */
    record ScriptCall(LuaScript script, String key, List<String> arguments) {}

    /** A text that nobody has seen before. */
    public String next() {
        return process + Long.toString(counter.incrementAndGet(), Character.MAX_RADIX);
    }

    /** Keeps everybody from caching anything of these users until the write is {@link #unlock unlocked}, or {@link #LOCK_TTL} has passed. */
    List<ScriptCall> lock(List<UUID> users, String write) {
        return users.stream()
                .map(user -> new ScriptCall(LOCK, CacheKeys.generation(user), List.of(write, millis(LOCK_TTL))))
                .toList();
    }

    /** Voids what was cached of these users; caching goes on when no other write is under way. */
    List<ScriptCall> unlock(List<UUID> users, String write) {
        return users.stream()
                .map(user -> new ScriptCall(UNLOCK, CacheKeys.generation(user), List.of(write, next(), millis(TTL))))
                .toList();
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
