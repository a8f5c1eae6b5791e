package io.usher.user;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Users as entities, for writing. Reads that leave the service go through {@link UserQueries}. */
@ApplicationScoped
class UserRepository implements PanacheRepositoryBase<User, UUID> {
    /** The user as it stands now, with its row locked until the transaction ends; null where there is none. */
    Uni<@Nullable User> lock(UUID id) {
        return findById(id, LockModeType.PESSIMISTIC_WRITE);
    }
}
