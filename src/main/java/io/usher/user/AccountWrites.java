package io.usher.user;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The statements behind {@link AccountService}, each conditional on what it must not overwrite. */
final class AccountWrites {
    /** A registration that nobody has verified and no admin has taken charge of: all that a newer registration may replace, or a migration. */
    static final String UNVERIFIED = """
            u.status = 'pending' and u.password_hash is not null and not u.email_verified and u.last_login_at is null
            and u.deleted_at is null and not exists (select from user_admins a where a.user_id = u.id)""";

    private static final String USERNAME_TAKEN = "select count(*) from users where lower(username) = lower(:username)";

    private static final String REGISTER = """
            insert into users as u (email, requested_username, name, phone, password_hash, password_changed_at, created_at, updated_at)
            values (:email, :username, :name, :phone, :hash, :now, :now, :now)
            on conflict (email) do update set requested_username = excluded.requested_username, name = excluded.name,
                phone = excluded.phone, password_hash = excluded.password_hash, password_changed_at = excluded.password_changed_at,
                updated_at = excluded.updated_at, version = u.version + 1
            where\s""" + UNVERIFIED;

    private static final String CREATE = """
            insert into users (email, username, name, phone, password_hash, password_changed_at, status, created_at, updated_at, last_login_at)
            values (:email, :username, :name, :phone, :hash, :now, 'active', :now, :now, :now)
            on conflict (email) do nothing""";

    private static final String NOTE_LOGIN = """
            update users set last_login_at = :now, password_hash = coalesce(:renewed, password_hash)
            where id = :id and status = 'active' and deleted_at is null and password_hash = :hash""";

    /** Gives {@code users u} the username that its registration asked for, where that is still free. */
    private static final String TAKE_REQUESTED_USERNAME = """
            username = coalesce(username, (select u.requested_username
                    where not exists (select from users o where lower(o.username) = lower(u.requested_username)))),
                requested_username = null""";

    private static final String VERIFY = """
            update users u set email_verified = true, status = case status when 'pending' then 'active' else status end,
                %s, last_login_at = :now, updated_at = :now, version = version + 1
            where id = :id""".formatted(TAKE_REQUESTED_USERNAME);

    private static final String ACTIVATED = "update users u set " + TAKE_REQUESTED_USERNAME
            + " where id = :id and requested_username is not null and status = 'active'";

    private static final String FIRST_PASSWORD = """
            update users set password_hash = :hash, password_changed_at = :now, last_login_at = :now, updated_at = :now,
                status = case status when 'pending' then 'active' else status end, version = version + 1
            where id = :id""";

    private static final String RESET_PASSWORD = """
            update users set password_hash = :hash, password_changed_at = :now, email_verified = true, updated_at = :now,
                version = version + 1
            where id = :id""";

    private static final String ROLES = """
            select role from (
                select 1 as part, user_type as role from users where id = :id
                union all select 2, 'super-admin' from users where id = :id and super_admin
                union all select 3, role_name from user_roles where user_id = :id
            ) r order by part, role""";

    private AccountWrites() {}

    static Uni<Boolean> isTaken(Mutiny.Session session, String username) {
        return session.createNativeQuery(USERNAME_TAKEN, Long.class)
                .setParameter("username", username)
                .getSingleResult()
                .map(count -> count > 0);
    }

    static Uni<Integer> register(Mutiny.Session session, NewAccount account, Instant now) {
        return insert(session, REGISTER, account, now);
    }

    static Uni<Integer> create(Mutiny.Session session, NewAccount account, Instant now) {
        return insert(session, CREATE, account, now);
    }

    static Uni<UUID> idOf(Mutiny.Session session, String email) {
        return session.createNativeQuery("select cast(id as text) from users where email = :email", String.class)
                .setParameter("email", email)
                .getSingleResult()
                .map(UUID::fromString);
    }

    static Uni<Integer> noteLogin(Mutiny.Session session, UUID id, String hash, @Nullable String renewed, Instant now) {
        return session.createNativeQuery(NOTE_LOGIN)
                .setParameter("id", id)
                .setParameter("hash", hash)
                .setParameter("renewed", renewed)
                .setParameter("now", now)
                .executeUpdate();
    }

    static Uni<Void> verifyEmail(Mutiny.Session session, UUID id, Instant now) {
        return session.createNativeQuery(VERIFY)
                .setParameter("id", id)
                .setParameter("now", now)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** A registration that an admin activates gets its username as one does that is verified; in the transaction, once that is flushed. */
    static Uni<Void> takeRequestedUsername(Mutiny.Session session, UUID id) {
        return session.createNativeQuery(ACTIVATED)
                .setParameter("id", id)
                .executeUpdate()
                .replaceWithVoid();
    }

    static Uni<Void> setFirstPassword(Mutiny.Session session, UUID id, String hash, Instant now) {
        return password(session, FIRST_PASSWORD, id, hash, now);
    }

    static Uni<Void> resetPassword(Mutiny.Session session, UUID id, String hash, Instant now) {
        return password(session, RESET_PASSWORD, id, hash, now);
    }

    static Uni<List<String>> rolesOf(Mutiny.Session session, UUID id) {
        return session.createNativeQuery(ROLES, String.class)
                .setParameter("id", id)
                .getResultList();
    }

    private static Uni<Integer> insert(Mutiny.Session session, String sql, NewAccount account, Instant now) {
        return session.createNativeQuery(sql)
                .setParameter("email", account.email())
                .setParameter("username", account.username())
                .setParameter("name", account.name())
                .setParameter("phone", account.phone())
                .setParameter("hash", account.passwordHash())
                .setParameter("now", now)
                .executeUpdate();
    }

    private static Uni<Void> password(Mutiny.Session session, String sql, UUID id, String hash, Instant now) {
        return session.createNativeQuery(sql)
                .setParameter("id", id)
                .setParameter("hash", hash)
                .setParameter("now", now)
                .executeUpdate()
                .replaceWithVoid();
    }
}
