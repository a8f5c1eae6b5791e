package io.usher.user;

import io.usher.problem.FieldError;
import io.usher.security.Caller;
import io.usher.security.Passwords;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What a file may say beyond the form of its values: who may say it, and what cannot be. */
final class ImportRules {
    private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Duration AHEAD = Duration.ofDays(1);

    private final Caller caller;
    private final Set<String> knownRoles;
    private final Instant now;

    ImportRules(Caller caller, Set<String> knownRoles, Instant now) {
        this.caller = caller;
        this.knownRoles = knownRoles;
        this.now = now;
    }

    /** Notes what is wrong; null where something is. */
    @Nullable
    ImportedUser apply(FileUser user, List<FieldError> errors) {
        int before = errors.size();
        rights(user, errors);
        password(user, errors);
        roles(user, errors);
        times(user, errors);
        return errors.size() > before ? null : imported(user);
    }

    private ImportedUser imported(FileUser user) {
        UUID own = caller.isSuperAdmin() ? user.id() : null;
        return new ImportedUser(own, status(user), deletedAt(user), user.passwordHash(), custom(user), user);
    }

    private static @Nullable UserStatus status(FileUser user) {
        return user.status() != null || user.isActive() == null
                ? user.status()
                : user.isActive() ? UserStatus.ACTIVE : UserStatus.INACTIVE;
    }

    private @Nullable Instant deletedAt(FileUser user) {
        return user.deletedAt() == null && Boolean.TRUE.equals(user.isDeleted()) ? now : user.deletedAt();
    }

    private void rights(FileUser user, List<FieldError> errors) {
        if (user.passwordHash() != null && caller.apiKey() != null) {
            errors.add(new FieldError("passwordHash", "forbidden", "cannot be written with an API key"));
        }
        boolean makesAdmins = mayChangeAdmins(caller);
        String signedIn = "is for super admins to write, without an API key";
        forbid(!makesAdmins && user.userType() == UserType.ADMIN, "userType", signedIn, errors);
        forbid(!makesAdmins && Boolean.TRUE.equals(user.superAdmin()), "superAdmin", signedIn, errors);
        forbid(!caller.isSuperAdmin() && !custom(user).isEmpty(), "roles", "is for super admins to write", errors);
    }

    /** Whether a file may make admins, change them, or make customers of them: no key does. */
    static boolean mayChangeAdmins(Caller caller) {
        return caller.isSuperAdmin() && caller.apiKey() == null;
    }

    private static void forbid(boolean said, String field, String message, List<FieldError> errors) {
        if (said) {
            errors.add(new FieldError(field, "forbidden", message));
        }
    }

    private static void password(FileUser user, List<FieldError> errors) {
        if (user.passwordHash() != null && !Passwords.isHash(user.passwordHash())) {
            errors.add(new FieldError(
                    "passwordHash", "format", "must be a bcrypt hash: $2a$, $2b$ or $2y$, of a cost up to 16"));
        }
    }

    private void roles(FileUser user, List<FieldError> errors) {
        if (Boolean.TRUE.equals(user.superAdmin()) && user.userType() != UserType.ADMIN) {
            errors.add(new FieldError("superAdmin", "conflict", "can only be true where userType is admin"));
        }
        custom(user).stream()
                .filter(role -> !knownRoles.contains(role))
                .forEach(role -> errors.add(new FieldError("roles", "unknown_role", "has a role that is none")));
    }

    /** Built-in roles follow from the type; views show them, so files have them. */
    private static List<String> custom(FileUser user) {
        return user.roles() == null
                ? List.of()
                : user.roles().stream()
                        .filter(role -> !Roles.BUILT_IN.contains(role))
                        .distinct()
                        .toList();
    }

    private void times(FileUser user, List<FieldError> errors) {
        BiConsumer<String, @Nullable Instant> check = (field, time) -> {
            if (time != null && (time.isBefore(FIRST) || time.isAfter(now.plus(AHEAD)))) {
                errors.add(new FieldError(field, "range", "must be between the year 1970 and now"));
            }
        };
        check.accept("createdAt", user.createdAt());
        check.accept("updatedAt", user.updatedAt());
        check.accept("lastLoginAt", user.lastLoginAt());
        check.accept("lastUsedAt", user.lastUsedAt());
        check.accept("deletedAt", user.deletedAt());
    }
}
