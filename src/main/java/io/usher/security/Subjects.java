package io.usher.security;

import io.smallrye.mutiny.Uni;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/** Finds the user that the path of a request is about, within the caller's scope. Costs nothing where that is the caller itself. */
@ApplicationScoped
public class Subjects {
    private static final String SELECT =
            "select u.id, u.user_type, u.anonymized_at is not null as anonymized from users u where ";
    private static final String BY_ID = SELECT + "u.id = $1 and ";
    private static final String BY_V1_ID = SELECT + "u.v1_id = $1 and ";

    private final Pool pool;

    @Inject
    Subjects(Pool pool) {
        this.pool = pool;
    }

    /**
     * The user's id.
     *
     * @param user an id or a V1 id, as it stands in the path
     * @return fails with {@code forbidden} where a customer names another user, there or not, and with {@code user_not_found} alike for a
     *     user outside of an admin's scope and one that does not exist
     */
    public Uni<UUID> require(Caller caller, String user) {
        return find(caller, user).map(Subject::id);
    }

    /**
     * As {@link #require}, for what an admin does to a user. Fails with {@code forbidden} where that is another admin and the caller is not super
     * admin: whoever links two admins does not put one under the other. Fails with {@code conflict} where the user was anonymised: nothing personal
     * comes back to it.
     */
    public Uni<UUID> requireChangeable(Caller caller, String user) {
        return find(caller, user)
                .invoke(subject -> requireMayChange(caller, subject))
                .map(Subject::id);
    }

    /** Whether the user is in the caller's scope; for one that is known to be there. */
    public Uni<Boolean> isInScope(Caller caller, UUID userId) {
        Scope scope = Scope.of(caller);
        if (caller.is(userId) || scope.kind() != Scope.Kind.MANAGED) {
            return Uni.createFrom().item(caller.is(userId) || scope.kind() == Scope.Kind.EVERYONE);
        }
        return pool.preparedQuery(BY_ID + scope.sql("$2"))
                .execute(Tuple.of(userId, scope.callerId()))
                .map(rows -> rows.size() > 0);
    }

    /** What is not looked up, and never holds, for the caller itself: whether it is an admin, or nobody any more. */
    private record Subject(UUID id, boolean admin, boolean anonymized) {}

    private static void requireMayChange(Caller caller, Subject subject) {
        if (subject.admin() && !caller.is(subject.id()) && !caller.isSuperAdmin()) {
            throw ProblemException.of(ProblemCode.FORBIDDEN, "Only a super admin can change another admin.");
        }
        if (subject.anonymized()) {
            throw ProblemException.of(ProblemCode.CONFLICT, "The user was anonymised, which cannot be undone.");
        }
    }

    private Uni<Subject> find(Caller caller, String user) {
        UserRef ref = UserRef.parse(user);
        Scope scope = Scope.of(caller);
        if (ref.id() != null && caller.is(ref.id())) {
            return Uni.createFrom().item(new Subject(ref.id(), false, false));
        }
        if (ref.isNobody() || (ref.id() != null && scope.kind() == Scope.Kind.SELF)) {
            return Uni.createFrom().failure(scope.missing());
        }
        String sql = (ref.id() != null ? BY_ID : BY_V1_ID) + scope.sql("$2");
        Object key = ref.id() != null ? ref.id() : ref.v1Id();
        return pool.preparedQuery(sql)
                .execute(Tuple.of(key, scope.callerId()))
                .map(rows -> rows.size() == 0 ? null : subject(rows.iterator().next()))
                .onItem()
                .ifNull()
                .failWith(scope::missing);
    }

    private static Subject subject(Row row) {
        return new Subject(
                row.getUUID("id"), Caller.ADMIN.equals(row.getString("user_type")), row.getBoolean("anonymized"));
    }
}
