package io.usher.cache;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** The users that changed while Redis was away: when it is back, what it still holds of them has to go. */
@ApplicationScoped
class OwedInvalidations {
    private static final Logger LOG = Logger.getLogger(OwedInvalidations.class);
    private static final int MAX = 200_000;
    private static final int AT_ONCE = 32;

    private final RedisGateway redis;
    private final Generations generations;
    private final Set<UUID> users = ConcurrentHashMap.newKeySet();

    @Inject
    OwedInvalidations(RedisGateway redis, Generations generations) {
        this.redis = redis;
        this.generations = generations;
    }

    void add(UUID userId) {
        if (users.size() < MAX) {
            users.add(userId);
        } else {
            LOG.errorf(
                    "Too many users changed while Redis was away; %s may be cached as it was until usher.cache.user-ttl has passed",
                    userId);
        }
    }

    /** Done when nothing is owed any more; what cannot be paid stays. */
    Uni<Void> pay() {
        List<UUID> due = List.copyOf(users);
        return Multi.createFrom()
                .iterable(due)
                .onItem()
                .transformToUni(this::pay)
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<UUID> pay(UUID userId) {
        users.remove(userId);
        return redis.runEachForced(generations.unlock(List.of(userId), generations.next()))
                .onFailure()
                .invoke(() -> add(userId))
                .replaceWith(userId);
    }
}
