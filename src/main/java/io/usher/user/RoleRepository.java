package io.usher.user;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.usher.problem.FieldError;
import io.usher.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The custom roles of users, in the caller's transaction. */
@ApplicationScoped
class RoleRepository {
    /** What a user's custom roles were, and what they are now. */
    record Replaced(Set<String> old, Set<String> now) {}

    /** Makes these the user's custom roles; null where they are that already. */
    Uni<@Nullable Replaced> replace(User user, List<String> wanted) {
        Set<String> custom = custom(user, wanted);
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "select role_name from user_roles where user_id = :id", String.class)
                        .setParameter("id", user.id)
                        .getResultList())
                .chain(present -> replace(user, wanted, new Replaced(new TreeSet<>(present), custom)));
    }

    private Uni<@Nullable Replaced> replace(User user, List<String> wanted, Replaced roles) {
        return roles.old().equals(roles.now())
                ? Uni.createFrom().nullItem()
                : requireKnown(wanted, roles.now())
                        .chain(() -> write(user.id, roles.now()))
                        .replaceWith(roles);
    }

    /** Built-in roles follow from the type: they may be named where they agree with it, and are no rows. */
    private static Set<String> custom(User user, List<String> wanted) {
        List<String> builtIn = Roles.of(user.userType, user.superAdmin, List.of());
        Set<String> custom = new TreeSet<>();
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            String role = wanted.get(i);
            if (!Roles.BUILT_IN.contains(role)) {
                custom.add(role);
            } else if (!builtIn.contains(role)) {
                errors.add(new FieldError("roles[" + i + "]", "conflict", "follows from userType and superAdmin"));
            }
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return custom;
    }

    private Uni<Void> requireKnown(List<String> wanted, Set<String> custom) {
        if (custom.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "select name from roles where name in (:names)", String.class)
                        .setParameter("names", custom)
                        .getResultList())
                .invoke(known -> requireAll(wanted, known))
                .replaceWithVoid();
    }

    private static void requireAll(List<String> wanted, List<String> known) {
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            if (!Roles.BUILT_IN.contains(wanted.get(i)) && !known.contains(wanted.get(i))) {
                errors.add(new FieldError("roles[" + i + "]", "unknown_role", "is not a role"));
            }
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    private Uni<Integer> write(UUID id, Set<String> custom) {
        Uni<Integer> cleared = Panache.getSession()
                .chain(session -> session.createNativeQuery("delete from user_roles where user_id = :id")
                        .setParameter("id", id)
                        .executeUpdate());
        if (custom.isEmpty()) {
            return cleared;
        }
        return cleared.chain(Panache::getSession).chain(session -> session.createNativeQuery(
                        "insert into user_roles (user_id, role_name) select :id, name from roles where name in (:names)")
                .setParameter("id", id)
                .setParameter("names", custom)
                .executeUpdate());
    }
}
