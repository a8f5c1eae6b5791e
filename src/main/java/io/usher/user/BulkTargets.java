package io.usher.user;

import io.smallrye.mutiny.Uni;
import io.usher.persistence.Statements;
import io.usher.security.Scope;
import io.usher.security.UserRef;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Users that a request names by ids and V1 ids.
 *
 * @param named whom each name means, in the order of the request; null where that is nobody in scope
 */
record BulkTargets(Map<String, @Nullable UUID> named) {
    /** $1 caller, $2 ids, $3 V1 ids. */
    private static final String FIND = """
            select t.id::text as name, u.id from unnest($2::uuid[]) as t (id) join users u on u.id = t.id where {scope}
            union all
            select t.v1_id, u.id from unnest($3::text[]) as t (v1_id) join users u on u.v1_id = t.v1_id::char(32) where {scope}
            """;

    /** Finds them: one statement. */
    static Uni<BulkTargets> find(Statements statements, Scope scope, List<String> names) {
        Map<String, UserRef> refs = new LinkedHashMap<>();
        Set<UserRef> seen = new java.util.HashSet<>();
        names.stream().filter(name -> seen.add(distinct(name))).forEach(name -> refs.put(name, UserRef.parse(name)));
        UUID[] ids =
                refs.values().stream().map(UserRef::id).filter(Objects::nonNull).toArray(UUID[]::new);
        String[] v1Ids = refs.values().stream()
                .map(UserRef::v1Id)
                .filter(Objects::nonNull)
                .toArray(String[]::new);
        return statements
                .alone()
                .run(FIND.replace("{scope}", scope.sql("$1")), Tuple.of(scope.callerId(), ids, v1Ids))
                .map(rows -> of(refs, rows));
    }

    /** What names nobody is told apart by its text. */
    private static UserRef distinct(String name) {
        UserRef ref = UserRef.parse(name);
        return ref.isNobody() ? new UserRef(null, name) : ref;
    }

    private static BulkTargets of(Map<String, UserRef> refs, RowSet<Row> rows) {
        Map<String, UUID> found = new HashMap<>();
        rows.forEach(row -> found.put(row.getString("name"), row.getUUID("id")));
        Map<String, @Nullable UUID> named = new LinkedHashMap<>();
        refs.forEach((name, ref) -> named.put(
                name,
                ref.id() != null ? found.get(ref.id().toString()) : ref.v1Id() == null ? null : found.get(ref.v1Id())));
        return new BulkTargets(named);
    }

    /** Everyone who is meant, once. */
    Set<UUID> ids() {
        return new TreeSet<>(Stream.ofNullable(named)
                .flatMap(n -> n.values().stream())
                .filter(Objects::nonNull)
                .toList());
    }

    /** @param updated who was still there when it came to that */
    BulkUpdate.Result result(Set<UUID> updated) {
        List<String> missing = named.entrySet().stream()
                .filter(name -> name.getValue() == null || !updated.contains(name.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        return new BulkUpdate.Result(updated.size(), missing);
    }
}
