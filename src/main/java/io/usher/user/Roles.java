package io.usher.user;

import io.usher.security.Caller;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The roles of a user: the built-in ones follow from its type, the custom ones are rows. */
final class Roles {
    /** The names that are no rows and cannot be taken. */
    static final Set<String> BUILT_IN = Set.of(Caller.CUSTOMER, Caller.ADMIN, Caller.SUPER_ADMIN);

    private Roles() {}

    /** {@code customer}, or {@code admin}, plus {@code super-admin}, plus the custom ones by name. */
    static List<String> of(UserType type, boolean superAdmin, Collection<String> custom) {
        List<String> roles = new ArrayList<>();
        roles.add(type.value());
        if (superAdmin) {
            roles.add(Caller.SUPER_ADMIN);
        }
        custom.stream().sorted().forEach(roles::add);
        return List.copyOf(roles);
    }
}
