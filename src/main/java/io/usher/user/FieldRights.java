package io.usher.user;

import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.Caller;
import io.usher.security.KeyScope;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Who may write which field of a user: the contract's table, in one place. */
final class FieldRights {
    /** What people say about themselves; for whoever may change the user at all. */
    static final Set<String> PROFILE = Set.of(
            "username",
            "name",
            "friendlyName",
            "notificationEmail",
            "phone",
            "address",
            "city",
            "state",
            "zipCode",
            "country",
            "businessSite",
            "additionalWebsites",
            "businessType");

    /** What belongs to the user, whoever changes it. */
    static final Set<String> PROFILE_AND_ADDRESS = with(PROFILE, "email");

    /** A new address for oneself takes one's password; the address then has to be verified again. */
    private static final Set<String> SELF = Set.of("email", "currentPassword");

    /** For an admin on anybody that it may change, itself included. */
    private static final Set<String> ADMIN = Set.of("status", "leadStatus", "notes");

    /** For an admin on others: on itself it would step around the proof of the address. */
    private static final Set<String> ADMIN_ON_OTHERS = Set.of("email", "emailVerified");

    /** What gives rights, or moves an account to another address: for a key only with {@code admin:write}. */
    private static final Set<String> BEYOND_USERS_WRITE = Set.of("email", "emailVerified", "roles");

    /** What makes an admin, who could do more than the key and after its end: for no key. */
    private static final Set<String> BEYOND_KEYS = Set.of("userType", "superAdmin");

    private static final Set<String> SUPER_ADMIN = Set.of("email", "emailVerified", "userType", "superAdmin", "roles");

    private FieldRights() {}

    /** @throws ProblemException {@code forbidden} that names every field the caller may not write */
    static void require(Caller caller, boolean self, Collection<String> fields) {
        Set<String> writable = writable(caller, self);
        List<String> forbidden = fields.stream()
                .filter(field -> !writable.contains(field))
                .sorted()
                .toList();
        if (!forbidden.isEmpty()) {
            throw ProblemException.of(
                    ProblemCode.FORBIDDEN, "You may not write: " + String.join(", ", forbidden) + ".");
        }
    }

    private static Set<String> with(Set<String> fields, String another) {
        Set<String> all = new HashSet<>(fields);
        all.add(another);
        return Set.copyOf(all);
    }

    private static Set<String> writable(Caller caller, boolean self) {
        Set<String> fields = new HashSet<>(PROFILE);
        if (self) {
            fields.addAll(SELF);
        }
        if (caller.isAdmin()) {
            fields.addAll(ADMIN);
            fields.addAll(self ? Set.of() : ADMIN_ON_OTHERS);
        }
        if (caller.isSuperAdmin()) {
            fields.addAll(SUPER_ADMIN);
        }
        if (caller.apiKey() != null) {
            cut(fields, caller.apiKey(), self);
        }
        return fields;
    }

    /** A key has no password to prove, so it never moves its own owner to another address. */
    private static void cut(Set<String> fields, Caller.Key key, boolean self) {
        fields.removeAll(BEYOND_KEYS);
        if (self) {
            fields.removeAll(SELF);
        }
        if (!key.covers(KeyScope.ADMIN_WRITE)) {
            fields.removeAll(BEYOND_USERS_WRITE);
        }
    }

    /** An API key moves no admin to another address, where the password could be reset. */
    static void requireAddresses(Caller caller, UserType of, Collection<String> fields) {
        if (caller.apiKey() != null && of == UserType.ADMIN && fields.contains("email")) {
            throw ProblemException.of(ProblemCode.FORBIDDEN, "You may not write: email, of an admin.");
        }
    }

    /** An API key manages no passwords, not even a new user's first one; that user gets a set-up token. */
    static void requirePasswords(Caller caller) {
        if (caller.apiKey() != null) {
            throw ProblemException.of(ProblemCode.FORBIDDEN, "You may not write: password.");
        }
    }
}
