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

/** Takes users over from another system, as sets. Those that are there already are not touched. */
@ApplicationScoped
public class UserMigrationService {
    private static final String FIND = "select email, id, v1_id from users where email = any($1::text[])";

    /** In the order of the addresses, so that two migrations with the same ones wait for each other instead of locking each other out. */
    private static final String INSERT = """
            insert into users (id, email, name, friendly_name, notification_email, password_hash, password_changed_at, last_used_at,
                status, email_verified, created_at, updated_at)
            select m.id, m.email, m.name, m.friendly_name, m.notification_email, m.password_hash,
                case when m.password_hash is not null then $8::timestamptz end, m.last_used_at, 'active', true, $8::timestamptz, $8::timestamptz
            from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
                as m (id, email, name, friendly_name, notification_email, password_hash, last_used_at)
            order by m.email
            on conflict (email) do nothing
            returning email, id, v1_id
            """;

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

    /** A user that is there, by both its ids. */
    public record Present(UUID id, String v1Id) {}

    /** Who has these emails, deleted users included, by email; what nobody has is left out. */
    public Uni<Map<String, Present>> find(Collection<String> emails) {
        return statements
                .alone()
                .run(FIND, Tuple.of(emails.toArray(String[]::new)))
                .map(UserMigrationService::present);
    }

    /** Creates, in the present transaction, those whose email nobody has; answers them, by email. */
    public Uni<Map<String, Present>> insertAll(List<Migrant> migrants, Instant now) {
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
                .map(UserMigrationService::present)
                .call(created -> audit.recordAll(audit.origin(), events(created.values())));
    }

    private static List<AuditEvent> events(Collection<Present> created) {
        return created.stream()
                .map(user -> AuditEvent.of(AuditAction.USER_MIGRATE, user.id(), AuditChanges.NONE))
                .toList();
    }

    private static Map<String, Present> present(RowSet<Row> rows) {
        Map<String, Present> present = new HashMap<>();
        rows.forEach(
                row -> present.put(row.getString("email"), new Present(row.getUUID("id"), row.getString("v1_id"))));
        return present;
    }

    private static @Nullable String[] texts(List<Migrant> migrants, Function<Migrant, @Nullable String> text) {
        return migrants.stream().map(text).toArray(String[]::new);
    }

    private static OffsetDateTime time(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
