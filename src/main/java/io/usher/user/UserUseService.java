package io.usher.user;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.usher.problem.ProblemException;
import io.usher.security.Caller;
import io.usher.security.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;

/** Notes when users were used: when an admin began to work as one. */
@ApplicationScoped
public class UserUseService {
    /** Not a change of the user: it moves neither its version nor its {@code updatedAt}. */
    private static final String TOUCH = "update users set last_used_at = :now where id = :id";

    private final UserRepository users;

    @Inject
    UserUseService(UserRepository users) {
        this.users = users;
    }

    /**
     * Notes that the user is used now, in the caller's transaction, and locks its row until that ends. To be run as a change of the user
     * ({@code UserCache.change}).
     *
     * @throws ProblemException {@code user_not_found} where the user is not in the caller's scope, {@code conflict} where it is deleted
     */
    @WithTransaction
    public Uni<Void> touch(Caller caller, UUID id, Instant now) {
        return users.lock(id, Scope.of(caller))
                .invoke(UserGuards::requireNotDeleted)
                .chain(Panache::getSession)
                .chain(session -> session.createNativeQuery(TOUCH)
                        .setParameter("now", now)
                        .setParameter("id", id)
                        .executeUpdate())
                .replaceWithVoid();
    }
}
