package io.usher.fieldwork;

import io.smallrye.mutiny.Uni;
import io.usher.persistence.Sql;
import io.usher.security.Scope;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whom admins work as: the primary key is the admin, so that there is at most one each. */
@ApplicationScoped
class ActiveUserRepository {
    /** $1 admin. One that has left the admin's scope, or is deleted, is none. */
    private static final String FIND = """
            select a.user_id, a.created_at, a.updated_at from active_users a join users u on u.id = a.user_id
            where a.owner_id = $1 and u.deleted_at is null and\s""";

    /** $1 admin, $2 user, $3 now. */
    private static final String SET = """
            insert into active_users as a (owner_id, user_id, created_at, updated_at)
            select $1, u.id, $3, $3 from users u where u.id = $2 and u.deleted_at is null and {scope}
            on conflict (owner_id) do update set user_id = excluded.user_id, updated_at = excluded.updated_at,
                created_at = case when a.user_id = excluded.user_id then a.created_at else excluded.created_at end
            returning a.user_id, a.created_at, a.updated_at, old.user_id is distinct from a.user_id as switched
            """;

    private static final String DELETE = "delete from active_users where owner_id = $1";

    private final Pool pool;

    @Inject
    ActiveUserRepository(Pool pool) {
        this.pool = pool;
    }

    /**
     * A row as a write left it.
     *
     * @param switched whether the admin worked as nobody, or as another user, before
     */
    record Written(ActiveUser row, boolean switched) {}

    /** Null where there is none. */
    Uni<@Nullable ActiveUser> find(Scope scope) {
        return pool.preparedQuery(FIND + scope.sql("$1"))
                .execute(Tuple.of(scope.callerId()))
                .map(rows -> rows.size() == 0
                        ? null
                        : ActiveUser.read(rows.iterator().next()));
    }

    /** Fails where the user is not there for the scope. */
    Uni<Written> set(Sql sql, Scope scope, UUID userId, Instant now) {
        return sql.run(
                        SET.replace("{scope}", scope.sql("$1")),
                        Tuple.of(scope.callerId(), userId, now.atOffset(ZoneOffset.UTC)))
                .map(rows -> written(rows, scope));
    }

    private static Written written(RowSet<Row> rows, Scope scope) {
        if (rows.size() == 0) {
            throw scope.missing();
        }
        Row row = rows.iterator().next();
        return new Written(ActiveUser.read(row), row.getBoolean("switched"));
    }

    Uni<Void> delete(UUID owner) {
        return pool.preparedQuery(DELETE).execute(Tuple.of(owner)).replaceWithVoid();
    }
}
