package io.usher.user;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.usher.persistence.Statements;
import io.usher.security.Caller;
import io.usher.security.Scope;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;

/** What erasing the person behind a user needs of it. */
@ApplicationScoped
public class UserErasureService {
    /** $1 user, $2 caller. The strongest lock: what refers to the row waits as well, and so what came before it is seen. */
    private static final String LOCK = """
            select u.super_admin and u.status = 'active' and u.deleted_at is null as active_super_admin, u.anonymized_at
            from users u where u.id = $1 and {scope} for update of u""";

    private final Statements statements;
    private final UserGuards guards;

    @Inject
    UserErasureService(Statements statements, UserGuards guards) {
        this.statements = statements;
        this.guards = guards;
    }

    /**
     * Locks the user's row until the caller's transaction ends. Fails with {@code conflict} for the last active super admin.
     *
     * @return when it was anonymised; {@code now} where it was not yet
     */
    @WithTransaction
    public Uni<Instant> lock(Caller caller, UUID id, Instant now) {
        Scope scope = Scope.of(caller);
        return statements
                .joined()
                .run(LOCK.replace("{scope}", scope.sql("$2")), Tuple.of(id, scope.callerId()))
                .map(rows -> first(rows, scope))
                .call(row -> row.getBoolean("active_super_admin")
                        ? guards.requireAnotherSuperAdmin(id)
                        : Uni.createFrom().voidItem())
                .map(row -> row.getOffsetDateTime("anonymized_at"))
                .map(since -> since == null ? now : since.toInstant());
    }

    private static Row first(RowSet<Row> rows, Scope scope) {
        if (rows.size() == 0) {
            throw scope.missing();
        }
        return rows.iterator().next();
    }
}
