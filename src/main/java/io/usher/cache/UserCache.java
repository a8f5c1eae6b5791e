package io.usher.cache;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

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
        throw new UnsupportedOperationException();
    }
}
