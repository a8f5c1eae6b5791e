package io.usher.user;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.usher.audit.AuditAction;
import io.usher.audit.AuditChanges;
import io.usher.audit.AuditEvent;
import io.usher.audit.AuditService;
import io.usher.persistence.Statements;
import io.usher.privacy.ErasureService;
import io.usher.security.Caller;
import io.usher.security.Scope;
import io.usher.web.ExpectedVersion;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;

/** The transactions after which nobody can tell who a user was: its row stays without the person, or goes. */
@ApplicationScoped
class ErasureWrites {
    /** $1 user, $2 caller. The strongest lock: what refers to the row waits as well, and so what came before it is seen. */
    private static final String LOCK = """
            select u.super_admin and u.status = 'active' and u.deleted_at is null as active_super_admin, u.anonymized_at, u.version
            from users u where u.id = $1 and {scope} for update of u""";

    /** $1 user. */
    private static final String DELETE = "delete from users where id = $1";

    private final Statements statements;
    private final UserGuards guards;
    private final ErasureService erasures;
    private final AuditService audit;
    private final Clock clock;

    @Inject
    ErasureWrites(Statements statements, UserGuards guards, ErasureService erasures, AuditService audit, Clock clock) {
        this.statements = statements;
        this.guards = guards;
        this.erasures = erasures;
        this.audit = audit;
        this.clock = clock;
    }

    /** Fails with {@code conflict} for the last active super admin. */
    Uni<ErasureReceipt> anonymize(Caller caller, UUID id) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return Panache.withTransaction(
                () -> lock(caller, id).map(row -> since(row, now)).chain(since -> erase(
                                AuditAction.USER_ANONYMIZE, id, now)
                        .map(erased -> new ErasureReceipt(id, since, erased))));
    }

    /**
     * As {@link #anonymize}, and removes the row. Ledgers, which stay under the bare id, are erased once more then: the deletion waits for whoever
     * is charging the user's quotas, and nobody could erase afterwards what that writes.
     */
    Uni<Void> deletePermanently(Caller caller, UUID id, ExpectedVersion expected) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return Panache.withTransaction(() -> lock(caller, id)
                .invoke(row -> expected.require(row.getLong("version")))
                .chain(() -> erase(AuditAction.USER_PURGE, id, now))
                .chain(() -> statements.joined().run(DELETE, Tuple.of(id)))
                .chain(() -> erasures.erase(id, now))
                .replaceWithVoid());
    }

    private Uni<Row> lock(Caller caller, UUID id) {
        Scope scope = Scope.of(caller);
        return statements
                .joined()
                .run(LOCK.replace("{scope}", scope.sql("$2")), Tuple.of(id, scope.callerId()))
                .map(rows -> first(rows, scope))
                .call(row -> row.getBoolean("active_super_admin")
                        ? guards.requireAnotherSuperAdmin(id)
                        : Uni.createFrom().voidItem());
    }

    /** The event comes first: from where a user asked for it is erased with the rest. */
    private Uni<Map<String, Long>> erase(AuditAction action, UUID id, Instant now) {
        return audit.record(AuditEvent.of(action, id, AuditChanges.NONE)).chain(() -> erasures.erase(id, now));
    }

    private static Row first(RowSet<Row> rows, Scope scope) {
        if (rows.size() == 0) {
            throw scope.missing();
        }
        return rows.iterator().next();
    }

    /** When it was anonymised first. */
    private static Instant since(Row row, Instant now) {
        OffsetDateTime before = row.getOffsetDateTime("anonymized_at");
        return before == null ? now : before.toInstant();
    }
}
