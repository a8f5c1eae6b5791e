package io.usher.user;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.usher.audit.AuditAction;
import io.usher.audit.AuditChanges;
import io.usher.audit.AuditEvent;
import io.usher.audit.AuditService;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.Caller;
import io.usher.security.OneTimeTokens;
import io.usher.security.Scope;
import io.usher.security.SessionService;
import io.usher.web.ExpectedVersion;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Function;

/** The transactions behind {@link UserStatusService}: each locks the user, checks, changes, and ends its sessions. */
@ApplicationScoped
class UserStatusWrites {
    private final UserRepository users;
    private final UserGuards guards;
    private final SessionService sessions;
    private final OneTimeTokens tokens;
    private final AuditService audit;
    private final Clock clock;

    @Inject
    UserStatusWrites(
            UserRepository users,
            UserGuards guards,
            SessionService sessions,
            OneTimeTokens tokens,
            AuditService audit,
            Clock clock) {
        this.users = users;
        this.guards = guards;
        this.sessions = sessions;
        this.tokens = tokens;
        this.audit = audit;
        this.clock = clock;
    }

    Uni<Void> setStatus(Caller caller, UUID id, UserStatus status, ExpectedVersion expected) {
        return locked(caller, id, expected, user -> {
            UserGuards.requireNotDeleted(user);
            UserStatus old = user.status;
            return old == status
                    ? nothing()
                    : apply(user, () -> user.status = status)
                            .chain(() -> record(
                                    AuditAction.USER_STATUS,
                                    id,
                                    AuditChanges.of("status", old.value(), status.value())));
        });
    }

    Uni<Void> restore(Caller caller, UUID id, ExpectedVersion expected) {
        return locked(caller, id, expected, user -> {
            UserGuards.requireRestorable(user);
            return user.deletedAt == null
                    ? nothing()
                    : apply(user, () -> user.deletedAt = null)
                            .chain(() -> record(AuditAction.USER_RESTORE, id, AuditChanges.NONE));
        });
    }

    Uni<Void> delete(Caller caller, UUID id, ExpectedVersion expected) {
        return locked(caller, id, expected, user -> {
            if (user.deletedAt != null) {
                throw ProblemException.of(ProblemCode.USER_NOT_FOUND);
            }
            return apply(user, () -> user.deletedAt = clock.instant())
                    .chain(() -> tokens.revokeAll(id))
                    .chain(() -> record(AuditAction.USER_DELETE, id, AuditChanges.NONE));
        });
    }

    private Uni<Void> locked(
            Caller caller, UUID id, ExpectedVersion expected, Function<User, Uni<? extends Void>> change) {
        return Panache.withTransaction(() -> users.lock(id, Scope.of(caller))
                .invoke(user -> UserGuards.requireMayChange(caller, id, user.userType))
                .invoke(user -> expected.require(user.version))
                .chain(change));
    }

    private Uni<Void> apply(User user, Runnable change) {
        boolean wasActiveSuperAdmin = UserGuards.isActiveSuperAdmin(user);
        change.run();
        user.updatedAt = clock.instant();
        return keepOneSuperAdmin(user, wasActiveSuperAdmin && !UserGuards.isActiveSuperAdmin(user))
                .chain(users::flush)
                .chain(() -> users.takeRequestedUsername(user.id))
                .chain(() -> sessions.endAll(user.id, null))
                .replaceWithVoid();
    }

    private Uni<Void> record(AuditAction action, UUID id, AuditChanges changes) {
        return audit.record(AuditEvent.of(action, id, changes));
    }

    private Uni<Void> keepOneSuperAdmin(User user, boolean losesOne) {
        return losesOne ? guards.requireAnotherSuperAdmin(user.id) : nothing();
    }

    private static Uni<Void> nothing() {
        return Uni.createFrom().voidItem();
    }
}
