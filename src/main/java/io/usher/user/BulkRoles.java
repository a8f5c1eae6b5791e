package io.usher.user;

import io.smallrye.mutiny.Uni;
import io.usher.persistence.Statements;
import io.usher.problem.FieldError;
import io.usher.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The custom roles of many users at once, by the rules of {@link RoleRepository}; in the present transaction. */
@ApplicationScoped
class BulkRoles {
    /** $1 roles. Stay there until the transaction ends. */
    private static final String KNOWN = "select name from roles where name = any($1::text[]) for key share";

    /** $1 users. */
    private static final String PRESENT = """
            select r.user_id, array_agg(r.role_name order by r.role_name) as names
            from unnest($1::uuid[]) as t (id) join user_roles r on r.user_id = t.id group by r.user_id
            """;

    /** $1 users, $2 roles. */
    private static final String REPLACE = """
            with gone as (
                delete from user_roles r using unnest($1::uuid[]) as t (id)
                where r.user_id = t.id and r.role_name <> all ($2::text[])
            )
            insert into user_roles (user_id, role_name)
            select t.id, w.name from unnest($1::uuid[]) as t (id) cross join unnest($2::text[]) as w (name)
            on conflict do nothing
            """;

    /** $1 users. */
    private static final String CLEAR = "delete from user_roles where user_id = any($1::uuid[])";

    /** $1 users and $2 roles, in pairs. */
    private static final String ADD = """
            insert into user_roles (user_id, role_name)
            select r.user_id, r.role from unnest($1::uuid[], $2::text[]) as r (user_id, role) on conflict do nothing
            """;

    private final Statements statements;

    @Inject
    BulkRoles(Statements statements) {
        this.statements = statements;
    }

    /**
     * Answers the roles that those had whose roles changed. Fails with {@code validation_failed} where a role does not exist, or contradicts
     * somebody's type.
     */
    Uni<Map<UUID, List<String>>> replace(List<BulkTarget> targets, UserFields changes) {
        if (!changes.has("roles")) {
            return Uni.createFrom().item(Map.of());
        }
        List<String> wanted = changes.roles() == null ? List.of() : changes.roles();
        List<String> custom = custom(wanted);
        requireConsistent(
                wanted, targets.stream().map(target -> target.after(changes)).toList());
        return statements
                .joined()
                .run(KNOWN, Tuple.tuple().addArrayOfString(custom.toArray(String[]::new)))
                .invoke(rows -> requireKnown(wanted, rows))
                .chain(() -> changed(targets.stream()
                        .collect(Collectors.toMap(BulkTarget::id, target -> custom, (one, same) -> one))))
                .call(() -> statements.joined().run(REPLACE, Tuple.of(ids(targets), custom.toArray(String[]::new))));
    }

    /**
     * Gives each of these users its custom roles in place of those that it has. Answers the roles that those had whose roles changed; the others are
     * left alone.
     *
     * @param wanted by user: roles that there are
     */
    Uni<Map<UUID, List<String>>> replaceEach(Map<UUID, List<String>> wanted) {
        return wanted.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : changed(wanted)
                        .call(old -> old.isEmpty()
                                ? Uni.createFrom().voidItem()
                                : clear(old.keySet())
                                        .chain(() -> add(wanted.entrySet().stream()
                                                .filter(entry -> old.containsKey(entry.getKey()))
                                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))));
    }

    private Uni<?> clear(Collection<UUID> users) {
        return statements.joined().run(CLEAR, Tuple.tuple().addArrayOfUUID(users.toArray(UUID[]::new)));
    }

    /** Gives users custom roles that there are, by user, besides those that they have. */
    Uni<Void> add(Map<UUID, List<String>> roles) {
        List<UUID> holders = new ArrayList<>();
        List<String> names = new ArrayList<>();
        roles.forEach((user, held) -> held.forEach(role -> {
            holders.add(user);
            names.add(role);
        }));
        return names.isEmpty()
                ? Uni.createFrom().voidItem()
                : statements
                        .joined()
                        .run(ADD, Tuple.of(holders.toArray(UUID[]::new), names.toArray(String[]::new)))
                        .replaceWithVoid();
    }

    /** Those of the wanted roles that are rows, by name. */
    static List<String> custom(List<String> wanted) {
        return wanted.stream()
                .filter(role -> !Roles.BUILT_IN.contains(role))
                .distinct()
                .sorted()
                .toList();
    }

    /** The present roles of those who are to have others. */
    private Uni<Map<UUID, List<String>>> changed(Map<UUID, List<String>> wanted) {
        return statements
                .joined()
                .run(PRESENT, Tuple.tuple().addArrayOfUUID(wanted.keySet().toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, List<String>> present = new HashMap<>();
                    rows.forEach(row -> present.put(row.getUUID("user_id"), List.of(row.getArrayOfStrings("names"))));
                    Map<UUID, List<String>> changed = new HashMap<>();
                    wanted.forEach((user, roles) -> {
                        List<String> before = present.getOrDefault(user, List.of());
                        if (!Set.copyOf(before).equals(Set.copyOf(roles))) {
                            changed.put(user, before);
                        }
                    });
                    return changed;
                });
    }

    private static UUID[] ids(List<BulkTarget> targets) {
        return targets.stream().map(BulkTarget::id).toArray(UUID[]::new);
    }

    private static void requireConsistent(List<String> wanted, List<BulkTarget> after) {
        throwIfAny(IntStream.range(0, wanted.size())
                .filter(i -> Roles.BUILT_IN.contains(wanted.get(i)))
                .filter(i -> after.stream().anyMatch(target -> !target.hasBuiltIn(wanted.get(i))))
                .mapToObj(i -> error(i, "conflict", "follows from userType and superAdmin"))
                .toList());
    }

    private static void requireKnown(List<String> wanted, RowSet<Row> rows) {
        Set<String> known = rows.stream().map(row -> row.getString("name")).collect(Collectors.toSet());
        throwIfAny(IntStream.range(0, wanted.size())
                .filter(i -> !Roles.BUILT_IN.contains(wanted.get(i)) && !known.contains(wanted.get(i)))
                .mapToObj(i -> error(i, "unknown_role", "is not a role"))
                .toList());
    }

    private static FieldError error(int index, String code, String message) {
        return new FieldError("changes.roles[" + index + "]", code, message);
    }

    private static void throwIfAny(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }
}
