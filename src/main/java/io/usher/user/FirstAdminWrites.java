package io.usher.user;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.usher.audit.AuditAction;
import io.usher.audit.AuditChanges;
import io.usher.audit.AuditEvent;
import io.usher.audit.AuditService;
import io.usher.cache.UserCache;
import io.usher.security.OneTimeTokens;
import io.usher.security.SessionService;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements behind {@link FirstAdmin}. Replicas that start at the same time run them against each other. */
@ApplicationScoped
class FirstAdminWrites {
    private static final String FIND = """
            select (select password_hash from users where email = $1 and (email_verified or super_admin)) as password_hash,
                exists (select 1 from users where email = $1) as present,
                exists (select 1 from users where super_admin and deleted_at is null) as any_super_admin,
                exists (select 1 from users where email = $1 and super_admin and status = 'active' and deleted_at is null
                    and password_hash is not null) as can_sign_in
            """;

    /**
     * Anybody can register, or invite, the address that is going to be the admin's. Until somebody has proven it, the password and the keys of
     * its account are a stranger's.
     */
    private static final String DISARM = """
            with unproven as (
                update users set password_hash = null where email = :email and not email_verified and not super_admin returning id)
            delete from api_keys where user_id in (select id from unproven) returning cast(id as text)
            """;

    /** Of replicas with the same new password the first one sets it: its hash is no longer the old one when the others come. */
    private static final String SAVE = """
            insert into users as u (email, user_type, super_admin, status, email_verified, password_hash, password_changed_at,
                created_at, updated_at)
            values (:email, 'admin', true, 'active', true, nullif(:hash, ''), case when :hash <> '' then cast(:now as timestamptz) end,
                :now, :now)
            on conflict (email) do update
            set user_type = 'admin', super_admin = true, status = 'active', email_verified = true, deleted_at = null,
                password_hash = coalesce(excluded.password_hash, u.password_hash),
                password_changed_at = coalesce(excluded.password_changed_at, u.password_changed_at),
                updated_at = excluded.updated_at, version = u.version + 1
            where not u.super_admin or u.status <> 'active' or u.deleted_at is not null
                or (excluded.password_hash is not null and coalesce(u.password_hash, '') = :old)
            returning cast(id as text) || case when xmax = 0 then ' new' else '' end
            """;

    /** What it is from then on, whatever it was. */
    private static final AuditChanges FIRST_ADMIN =
            AuditChanges.named(List.of("userType", "superAdmin", "status", "password"));

    /**
     * What there is before the start.
     *
     * @param canSignIn whether it is a super admin with a password, so that at most its password is to be changed
     */
    record Present(@Nullable String passwordHash, boolean exists, boolean anySuperAdmin, boolean canSignIn) {
        @Override
        public String toString() {
            return "Present[exists=" + exists + ", anySuperAdmin=" + anySuperAdmin + ", canSignIn=" + canSignIn + "]";
        }
    }

    private final Pool pool;
    private final SessionService sessions;
    private final OneTimeTokens tokens;
    private final UserCache cache;
    private final AuditService audit;
    private final Clock clock;

    @Inject
    FirstAdminWrites(
            Pool pool,
            SessionService sessions,
            OneTimeTokens tokens,
            UserCache cache,
            AuditService audit,
            Clock clock) {
        this.pool = pool;
        this.sessions = sessions;
        this.tokens = tokens;
        this.cache = cache;
        this.audit = audit;
        this.clock = clock;
    }

    Uni<Present> find(String email) {
        return pool.preparedQuery(FIND).execute(Tuple.of(email)).map(FirstAdminWrites::present);
    }

    private static Present present(RowSet<Row> rows) {
        Row row = rows.iterator().next();
        return new Present(
                row.getString("password_hash"),
                row.getBoolean("present"),
                row.getBoolean("any_super_admin"),
                row.getBoolean("can_sign_in"));
    }

    /** Creates the admin, or makes it what it should be; a change ends its sessions. Whether it was created. */
    Uni<Boolean> save(String email, @Nullable String oldHash, @Nullable String newHash) {
        return Panache.withTransaction(
                        () -> disarm(email).chain(keys -> upsert(email, oldHash, newHash, clock.instant())
                                .call(saved -> saved == null ? Uni.createFrom().voidItem() : follow(saved, keys))))
                .call(saved -> saved == null ? Uni.createFrom().voidItem() : cache.invalidate(id(saved)))
                .map(saved -> saved != null && isNew(saved));
    }

    private Uni<Void> follow(String saved, List<String> keys) {
        UUID id = id(saved);
        List<AuditEvent> events = new ArrayList<>();
        keys.forEach(key -> events.add(new AuditEvent(AuditAction.KEY_REVOKE, id, key, AuditChanges.NONE)));
        events.add(AuditEvent.of(isNew(saved) ? AuditAction.USER_CREATE : AuditAction.USER_UPDATE, id, FIRST_ADMIN));
        return sessions.endAll(id, null)
                .chain(() -> tokens.revokeAll(id))
                .chain(() -> audit.recordAll(audit.origin(), events));
    }

    /** The keys that were a stranger's. */
    private static Uni<List<String>> disarm(String email) {
        return Panache.getSession().chain(session -> session.createNativeQuery(DISARM, String.class)
                .setParameter("email", email)
                .getResultList());
    }

    private static Uni<@Nullable String> upsert(
            String email, @Nullable String oldHash, @Nullable String newHash, Instant now) {
        return Panache.getSession().chain(session -> session.createNativeQuery(SAVE, String.class)
                .setParameter("email", email)
                .setParameter("hash", newHash == null ? "" : newHash)
                .setParameter("old", oldHash == null ? "" : oldHash)
                .setParameter("now", now)
                .getSingleResultOrNull());
    }

    private static boolean isNew(String saved) {
        return saved.endsWith(" new");
    }

    private static UUID id(String saved) {
        return UUID.fromString(saved.substring(0, 36));
    }
}
