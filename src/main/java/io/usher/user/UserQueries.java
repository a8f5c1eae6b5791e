package io.usher.user;

import io.smallrye.mutiny.Uni;
import io.usher.security.Caller;
import io.usher.security.Scope;
import io.usher.security.UserRef;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Single users, each by one statement whose text never changes, so that it stays prepared. */
@ApplicationScoped
class UserQueries {
    private static final String BY_ID = "select " + UserRow.COLUMNS + " from users u where u.id = $3 and ";
    private static final String BY_V1_ID = "select " + UserRow.COLUMNS + " from users u where u.v1_id = $3 and ";

    /** What a check of the present password needs. */
    record Credentials(String email, @Nullable String passwordHash) {
        /** Without the hash and the address: records end up in logs. */
        @Override
        public String toString() {
            return "Credentials[]";
        }
    }

    private final Pool pool;
    private final Clock clock;

    @Inject
    UserQueries(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** The user, where the scope has it; fails alike where it is out of scope and where there is none. Deleted users are there. */
    Uni<AdminUserView> require(UserRef ref, Scope scope) {
        return find(ref, scope).onItem().ifNull().failWith(scope::missing);
    }

    /** The user, where the scope has it; null where it has not. Deleted users are there. */
    Uni<@Nullable AdminUserView> find(UserRef ref, Scope scope) {
        if (ref.isNobody()
                || (scope.kind() == Scope.Kind.SELF
                        && ref.id() != null
                        && !ref.id().equals(scope.callerId()))) {
            return Uni.createFrom().nullItem();
        }
        String sql = ref.id() != null ? BY_ID : BY_V1_ID;
        Object key = ref.id() != null ? ref.id() : ref.v1Id();
        return pool.preparedQuery(sql + scope.sql("$2"))
                .execute(Tuple.of(now(), scope.callerId(), key))
                .map(UserQueries::first);
    }

    /** The user as it stands after the caller's own write; whether the caller may see it was settled by that. */
    Uni<AdminUserView> written(Caller caller, UUID id) {
        return require(UserRef.of(id), new Scope(Scope.Kind.EVERYONE, caller.userId()));
    }

    /** The address and password hash of a user that is not deleted; null where there is none. */
    Uni<@Nullable Credentials> credentials(UUID id) {
        return pool.preparedQuery("select email, password_hash from users where id = $1 and deleted_at is null")
                .execute(Tuple.of(id))
                .map(rows ->
                        rows.size() == 0 ? null : credentials(rows.iterator().next()));
    }

    private static Credentials credentials(Row row) {
        return new Credentials(row.getString("email"), row.getString("password_hash"));
    }

    private static @Nullable AdminUserView first(RowSet<Row> rows) {
        return rows.size() == 0 ? null : UserRow.read(rows.iterator().next(), 0);
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }
}
