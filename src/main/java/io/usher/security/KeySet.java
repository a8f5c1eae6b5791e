package io.usher.security;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The keys of one moment: all of them verify, one signs. */
record KeySet(Map<String, SigningKey> byId, SigningKey signing) {
    /** A key signs only when every replica has had the time to read it. */
    private static final Duration SETTLING = Duration.ofMinutes(2);

    private static final Comparator<SigningKey> BY_AGE =
            Comparator.comparing(SigningKey::since).thenComparing(SigningKey::fileName);

    /** The newest key that has settled signs; where none has, the oldest, as it is the likeliest to be known elsewhere. */
    static KeySet of(List<SigningKey> keys, Instant now) {
        Instant settled = now.minus(SETTLING);
        SigningKey signing = keys.stream()
                .filter(key -> !key.since().isAfter(settled))
                .max(BY_AGE)
                .or(() -> keys.stream().min(BY_AGE))
                .orElseThrow(() -> new IllegalStateException("There is no signing key"));
        return new KeySet(
                keys.stream().collect(Collectors.toUnmodifiableMap(SigningKey::id, Function.identity(), (a, b) -> a)),
                signing);
    }

    @Nullable
    SigningKey find(@Nullable String id) {
        return id == null ? null : byId.get(id);
    }
}
