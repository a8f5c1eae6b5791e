package io.usher.stats;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import io.usher.security.Scope;
import io.usher.web.stream.StreamState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The statistics as streams see them: counted once for all that look at the same scope, once a second at most, and never for more than a fifth
 * of the time, however long it takes. Only while somebody looks.
 */
@ApplicationScoped
class StatsFeed {
    private static final Duration UNWATCHED = Duration.ofSeconds(30);
    private static final long SECOND = Duration.ofMillis(900).toNanos();
    private static final int SHARE = 5;
    private static final int MOST_SCOPES = 10_000;

    /** Whom the scopes of all super admins, which are the same, are filed under. */
    private static final UUID EVERYONE = new UUID(0, 0);

    private final StatsService statistics;
    private final ObjectMapper json;
    private final Cache<UUID, Uni<StreamState>> feeds = Caffeine.newBuilder()
            .expireAfterAccess(UNWATCHED)
            .maximumSize(MOST_SCOPES)
            .build();

    @Inject
    StatsFeed(StatsService statistics, ObjectMapper json) {
        this.statistics = statistics;
        this.json = json;
    }

    /** The state of a scope, as it is or was a moment ago. */
    Uni<StreamState> present(Scope scope) {
        UUID key = scope.kind() == Scope.Kind.EVERYONE ? EVERYONE : scope.callerId();
        return Objects.requireNonNull(feeds.get(key, ignored -> shared(scope)));
    }

    private Uni<StreamState> shared(Scope scope) {
        AtomicLong begun = new AtomicLong();
        AtomicLong due = new AtomicLong();
        return Uni.createFrom()
                .deferred(() -> {
                    begun.set(System.nanoTime());
                    return statistics.present(scope);
                })
                .map(this::state)
                .onItemOrFailure()
                .invoke((state, failure) -> due.set(due(begun.get())))
                .memoize()
                .until(() -> System.nanoTime() - due.get() >= 0);
    }

    private static long due(long begun) {
        return begun + Math.max(SECOND, SHARE * (System.nanoTime() - begun));
    }

    private StreamState state(Statistics present) {
        try {
            return StreamState.of(json.writeValueAsString(present));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Statistics are always JSON", e);
        }
    }
}
