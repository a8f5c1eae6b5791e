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
import io.usher.security.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.UUID;

/** Links and cuts under the user's row lock: two who cut at the same time cut one after the other, and the second sees what is left. */
@ApplicationScoped
class SharingWrites {
    private static final String LINK =
            "insert into user_admins (admin_id, user_id, created_at) values (:admin, :user, :now) on conflict do nothing";
    private static final String UNLINK = "delete from user_admins where admin_id = :admin and user_id = :user";
    private static final String END_ACTIVE_USER = """
            delete from active_users a using users o
            where o.id = a.owner_id and not o.super_admin and a.owner_id = :admin and a.user_id = :user""";
    private static final String LEFT = "select count(*) from user_admins where user_id = :user and admin_id <> :user";

    private final UserRepository users;
    private final AuditService audit;
    private final Clock clock;

    @Inject
    SharingWrites(UserRepository users, AuditService audit, Clock clock) {
        this.users = users;
        this.audit = audit;
        this.clock = clock;
    }

    Uni<Void> link(Caller caller, UUID user, UUID admin) {
        return Panache.withTransaction(() -> users.lock(user, Scope.of(caller))
                .chain(Panache::getSession)
                .chain(session -> session.createNativeQuery(LINK)
                        .setParameter("admin", admin)
                        .setParameter("user", user)
                        .setParameter("now", clock.instant())
                        .executeUpdate())
                .chain(linked ->
                        linked == 0 ? Uni.createFrom().voidItem() : record(AuditAction.USER_LINK, user, admin)));
    }

    private Uni<Void> record(AuditAction action, UUID user, UUID admin) {
        return audit.record(new AuditEvent(action, user, admin.toString(), AuditChanges.NONE));
    }

    Uni<Void> unlink(Caller caller, UUID user, UUID admin) {
        if (user.equals(admin)) {
            throw ProblemException.of(ProblemCode.CONFLICT, "An admin always manages itself.");
        }
        return Panache.withTransaction(() -> users.lock(user, Scope.of(caller))
                .chain(() -> cut(user, admin))
                .chain(() -> endActiveUser(user, admin))
                .chain(() -> record(AuditAction.USER_UNLINK, user, admin))
                .chain(() -> caller.isSuperAdmin() ? Uni.createFrom().voidItem() : requireOneLeft(user)));
    }

    private Uni<Void> cut(UUID user, UUID admin) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(UNLINK)
                        .setParameter("admin", admin)
                        .setParameter("user", user)
                        .executeUpdate())
                .invoke(SharingWrites::requireLinked)
                .replaceWithVoid();
    }

    /** An admin works as its users only. */
    private Uni<Integer> endActiveUser(UUID user, UUID admin) {
        return Panache.getSession().chain(session -> session.createNativeQuery(END_ACTIVE_USER)
                .setParameter("admin", admin)
                .setParameter("user", user)
                .executeUpdate());
    }

    private static void requireLinked(int rows) {
        if (rows == 0) {
            throw ProblemException.of(ProblemCode.USER_NOT_FOUND);
        }
    }

    private Uni<Void> requireOneLeft(UUID user) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(LEFT, Long.class)
                        .setParameter("user", user)
                        .getSingleResult())
                .invoke(SharingWrites::requireSome)
                .replaceWithVoid();
    }

    private static void requireSome(long left) {
        if (left == 0) {
            throw ProblemException.of(ProblemCode.FORBIDDEN, "Only a super admin can take a user from its last admin.");
        }
    }
}
