package io.usher.user;

import io.smallrye.mutiny.Uni;
import io.usher.audit.AuditAction;
import io.usher.audit.AuditChanges;
import io.usher.audit.AuditEvent;
import io.usher.audit.AuditService;
import io.usher.persistence.Statements;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes users over from another system, as sets. Those that are there already are not touched, but for registrations that nobody has verified:
 * they are replaced, as another registration would replace them. Who was taken over once is remembered (decision 175).
 */
@ApplicationScoped
public class UserMigrationService {
    /** What is left of an address {@code m.email}, or of nobody's any more. */
    private static final String TRACE = "sha256((select salt from v1_salt) || decode(md5(m.email), 'hex'))";

    private static final String FIND = """
            select m.email, u.id, u.v1_id from unnest($1::text[]) as m (email)
            left join users u on u.email = m.email and not (%s)
            left join v1_traces t on t.trace = %s
            where u.id is not null or t.trace is not null
            """.formatted(AccountWrites.UNVERIFIED, TRACE);

    /**
     * In the order of the addresses, so that two migrations with the same ones wait for each other instead of locking each other out. Codes of a
     * registration that is replaced are void: they were for another password.
     */
    private static final String INSERT = """
            with written as (
                insert into users as u (id, email, name, friendly_name, notification_email, password_hash, password_changed_at,
                    last_used_at, status, email_verified, created_at, updated_at)
                select m.id, m.email, m.name, m.friendly_name, m.notification_email, m.password_hash,
                    case when m.password_hash is not null then $8::timestamptz end, m.last_used_at, 'active', true, $8::timestamptz, $8::timestamptz
                from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
                    as m (id, email, name, friendly_name, notification_email, password_hash, last_used_at)
                where not exists (select from v1_traces t where t.trace = %s)
                order by m.email
                on conflict (email) do update set name = excluded.name, friendly_name = excluded.friendly_name,
                    notification_email = excluded.notification_email, password_hash = excluded.password_hash,
                    password_changed_at = excluded.password_changed_at, last_used_at = excluded.last_used_at, status = excluded.status,
                    email_verified = excluded.email_verified, updated_at = excluded.updated_at, version = u.version + 1,
                    requested_username = null, phone = null
                where %s
                returning new.email, new.id, new.v1_id, old.id is not null as replaced
            ), voided as (
                delete from one_time_tokens t using written w where w.replaced and t.user_id = w.id
            ), remembered as (
                insert into v1_traces (trace) select %s as trace from written m order by 1
            )
            select email, id, v1_id, replaced from written
            """.formatted(TRACE, AccountWrites.UNVERIFIED, TRACE);

    private final Statements statements;
    private final AuditService audit;

    @Inject
    UserMigrationService(Statements statements, AuditService audit) {
        this.statements = statements;
        this.audit = audit;
    }

    /**
     * A user of another system: an active customer whose address counts as verified, since it could sign in there.
     *
     * @param id a new one
     * @param email normalised
     * @param passwordHash bcrypt; null where it has none, and needs a set-up token
     */
    public record Migrant(
            UUID id,
            String email,
            @Nullable String passwordHash,
            @Nullable String name,
            @Nullable String friendlyName,
            @Nullable String notificationEmail,
            @Nullable Instant lastUsedAt) {
        /** Without anything personal: records end up in logs. */
        @Override
        public String toString() {
            return "Migrant[" + id + "]";
        }
    }

    /** Somebody who is not to be written: the user with this address, by both its ids; without them where there is none any more. */
    public record Present(@Nullable UUID id, @Nullable String v1Id) {}

    /** A user that was written. @param replaced whether it was a registration, and so has that one's id */
    public record Written(UUID id, String v1Id, boolean replaced) {}

    /**
     * Who has these emails, deleted users included, or was taken over under them before, whatever became of it since; by email. What nobody has, or
     * has only registered, is left out.
     */
    public Uni<Map<String, Present>> find(Collection<String> emails) {
        return statements
                .alone()
                .run(FIND, Tuple.of(emails.toArray(String[]::new)))
                .map(rows -> byEmail(rows, row -> new Present(row.getUUID("id"), row.getString("v1_id"))));
    }

    /** Writes, in the present transaction, those whom {@link #find} would not find; answers them, by email. */
    public Uni<Map<String, Written>> insertAll(List<Migrant> migrants, Instant now) {
        OffsetDateTime[] lastUsed = migrants.stream()
                .map(migrant -> migrant.lastUsedAt() == null ? null : time(migrant.lastUsedAt()))
                .toArray(OffsetDateTime[]::new);
        return statements
                .joined()
                .run(
                        INSERT,
                        Tuple.from(Arrays.asList(
                                migrants.stream().map(Migrant::id).toArray(UUID[]::new),
                                texts(migrants, Migrant::email),
                                texts(migrants, Migrant::name),
                                texts(migrants, Migrant::friendlyName),
                                texts(migrants, Migrant::notificationEmail),
                                texts(migrants, Migrant::passwordHash),
                                lastUsed,
                                time(now))))
                .map(rows -> byEmail(
                        rows,
                        row -> new Written(row.getUUID("id"), row.getString("v1_id"), row.getBoolean("replaced"))))
                .call(created -> audit.recordAll(audit.origin(), events(created.values())));
    }

    private static List<AuditEvent> events(Collection<Written> written) {
        return written.stream()
                .map(user -> AuditEvent.of(AuditAction.USER_MIGRATE, user.id(), changes(user)))
                .toList();
    }

    private static AuditChanges changes(Written user) {
        return user.replaced()
                ? AuditChanges.of("status", UserStatus.PENDING, UserStatus.ACTIVE)
                        .with("emailVerified", false, true)
                : AuditChanges.NONE;
    }

    private static <T> Map<String, T> byEmail(RowSet<Row> rows, Function<Row, T> read) {
        Map<String, T> all = new HashMap<>();
        rows.forEach(row -> all.put(row.getString("email"), read.apply(row)));
        return all;
    }

    private static @Nullable String[] texts(List<Migrant> migrants, Function<Migrant, @Nullable String> text) {
        return migrants.stream().map(text).toArray(String[]::new);
    }

    private static OffsetDateTime time(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
