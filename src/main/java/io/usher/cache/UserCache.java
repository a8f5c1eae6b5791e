package io.usher.cache;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.usher.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What Redis holds of a user, and the one way to change a user without leaving a stale copy behind.
 *
 * <p>Each user has a generation, and what is cached carries the one under which it was read. A write puts a lock in its place before it
 * begins, and the last of those under way a new generation when it has ended, so a copy that was read before and comes late carries an old one, and
 * is never read.
 */
@ApplicationScoped
public class UserCache {
    private static final int AT_ONCE = 500;

    private final RedisGateway redis;
    private final Generations generations;
    private final OwedInvalidations owed;
    private final long ttlMillis;

    @Inject
    UserCache(RedisGateway redis, Generations generations, OwedInvalidations owed, CacheConfig config) {
        this.redis = redis;
        this.generations = generations;
        this.owed = owed;
        this.ttlMillis = config.userTtl().toMillis();
    }

    /**
     * Runs a write (transaction and all) on one user: caching of the user stops before it begins, and what was cached is void once it has
     * ended, on every replica. Redis being away does not fail the write.
     */
    public <T> Uni<T> change(UUID userId, Supplier<Uni<T>> write) {
        return change(List.of(userId), write);
    }

    /** As {@link #change(UUID, Supplier)} for several users. */
    public <T> Uni<T> change(Collection<UUID> userIds, Supplier<Uni<T>> write) {
        List<UUID> users = userIds.stream().distinct().toList();
        return Uni.createFrom().item(generations::next).chain(name -> inBatches(users, batch -> lock(batch, name))
                .chain(write::get)
                .call(() -> inBatches(users, batch -> invalidate(batch, name)))
                .onFailure(ProblemException.class)
                .call(() -> inBatches(users, batch -> invalidate(batch, name))));
        // After any other failure, and when nobody waits any more, the write may still commit: the lock stays until it
        // runs out.
    }

    /**
     * What was cached of the user is void from now on; for a write that knew its user only once it was done. Asks Redis even while this
     * process believes it away: another replica may have found it again already, and believe what it holds.
     */
    public Uni<Void> invalidate(UUID userId) {
        return invalidate(List.of(userId), generations.next());
    }

    private Uni<Void> lock(List<UUID> users, String write) {
        return orOwed(users, redis.runEach(generations.lock(users, write)));
    }

    private Uni<Void> invalidate(List<UUID> users, String write) {
        return orOwed(users, redis.runEachForced(generations.unlock(users, write)));
    }

    private Uni<Void> orOwed(List<UUID> users, Uni<Void> told) {
        return told.onFailure()
                .invoke(() -> users.forEach(owed::add))
                .onFailure()
                .recoverWithNull();
    }

    /**
     * Puts the user's own view, as it was loaded in this request, into the cache. Never fails, and does nothing without a generation.
     *
     * @param generation {@code Caller.cacheGeneration()}: if the user has changed since, the view will never be read
     * @param json what {@code Caller.cachedView()} answers from now on
     */
    public Uni<Void> fillView(UUID userId, @Nullable String generation, String json) {
        return fill(CacheKeys.view(userId), generation, json);
    }

    /** Puts the state of a session or key into the cache, under its name of {@link CacheKeys}; as {@link #fillView}. */
    public Uni<Void> fillState(String key, @Nullable String generation, String state) {
        return fill(key, generation, state);
    }

    private Uni<Void> fill(String key, @Nullable String generation, String content) {
        return generation == null
                ? Uni.createFrom().voidItem()
                : redis.set(key, generation + '\n' + content, ttlMillis)
                        .onFailure()
                        .recoverWithNull();
    }

    private static Uni<Void> inBatches(List<UUID> users, Function<List<UUID>, Uni<Void>> step) {
        if (users.size() <= AT_ONCE) {
            return Uni.createFrom().deferred(() -> step.apply(users));
        }
        return Multi.createFrom()
                .iterable(users)
                .group()
                .intoLists()
                .of(AT_ONCE)
                .onItem()
                .transformToUniAndConcatenate(step::apply)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
