package io.usher.user;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.usher.security.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Users as entities, for writing. Reads that leave the service go through {@link UserQueries}. */
@ApplicationScoped
class UserRepository implements PanacheRepositoryBase<User, UUID> {
    private static final String IN_SCOPE = "select cast(u.id as text) from users u where u.id = :id and ";

    /** The user as it stands now, with its row locked until the transaction ends; null where there is none. */
    Uni<@Nullable User> lock(UUID id) {
        return findById(id, LockModeType.PESSIMISTIC_WRITE);
    }

    /**
     * As {@link #lock(UUID)}; fails where the scope has no such user (any more). The row is locked first and loaded then: a native query for
     * an entity fails from its second run on where the table has columns that the entity does not map.
     */
    Uni<User> lock(UUID id, Scope scope) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                IN_SCOPE + scope.sql(":caller") + " for no key update of u", String.class)
                        .setParameter("id", id)
                        .setParameter("caller", scope.callerId())
                        .getSingleResultOrNull())
                .onItem()
                .ifNotNull()
                .transformToUni(locked -> findById(id))
                .onItem()
                .ifNull()
                .failWith(scope::missing);
    }

    /** Gives a user that has become active the username that its registration asked for, where that is still free. */
    Uni<Void> takeRequestedUsername(UUID id) {
        return Panache.getSession().chain(session -> AccountWrites.takeRequestedUsername(session, id));
    }
}
