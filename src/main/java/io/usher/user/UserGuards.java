package io.usher.user;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** What may not be done to a user, whoever is in scope. */
@ApplicationScoped
class UserGuards {
    /** Any number that no other advisory lock of this schema uses. */
    private static final String LOCK_SUPER_ADMINS = "select cast(pg_advisory_xact_lock(7301) as text)";

    private static final String OTHER_SUPER_ADMINS =
            "select count(*) from users where super_admin and status = 'active' and deleted_at is null and id not in (:ids)";

    /** An admin never changes another admin, even one it is linked to: that would hand over the other's whole scope. */
    static void requireMayChange(Caller caller, UUID user, UserType type) {
        if (type == UserType.ADMIN && !caller.is(user) && !caller.isSuperAdmin()) {
            throw ProblemException.of(ProblemCode.FORBIDDEN, "Only a super admin can change another admin.");
        }
    }

    static void requireNotDeleted(User user) {
        if (user.deletedAt != null) {
            throw ProblemException.of(ProblemCode.CONFLICT, "The user is deleted. Restore it first.");
        }
    }

    static void requireRestorable(User user) {
        if (user.anonymizedAt != null) {
            throw ProblemException.of(ProblemCode.CONFLICT, "The user was anonymised, which cannot be undone.");
        }
    }

    static boolean isActiveSuperAdmin(User user) {
        return user.superAdmin && user.status == UserStatus.ACTIVE && user.deletedAt == null;
    }

    /** As {@link #requireAnotherSuperAdmin(Collection)}, for one. */
    Uni<Void> requireAnotherSuperAdmin(UUID id) {
        return requireAnotherSuperAdmin(List.of(id));
    }

    /**
     * Fails where no active super admin but these is left; in the transaction that takes them away. Whoever else takes one away at the same
     * time waits for this transaction, and counts after it.
     */
    Uni<Void> requireAnotherSuperAdmin(Collection<UUID> ids) {
        return Panache.getSession()
                .call(session -> session.createNativeQuery(LOCK_SUPER_ADMINS, String.class)
                        .getSingleResult())
                .chain(session -> session.createNativeQuery(OTHER_SUPER_ADMINS, Long.class)
                        .setParameter("ids", ids)
                        .getSingleResult())
                .invoke(UserGuards::requireSome)
                .replaceWithVoid();
    }

    private static void requireSome(long others) {
        if (others == 0) {
            throw ProblemException.of(ProblemCode.CONFLICT, "It is the last active super admin.");
        }
    }
}
