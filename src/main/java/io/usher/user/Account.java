package io.usher.user;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user as signing in sees it.
 *
 * @param roles {@code customer} or {@code admin}, {@code super-admin}, then custom roles by name
 * @param passwordHash null where no password is set at present
 * @param hadPassword whether there ever was a password; one that an admin reset counts
 */
public record Account(
        UUID id,
        String email,
        @Nullable String username,
        String displayName,
        List<String> roles,
        UserStatus status,
        boolean emailVerified,
        boolean deleted,
        @Nullable String passwordHash,
        boolean hadPassword) {

    public boolean isActive() {
        return status == UserStatus.ACTIVE && !deleted;
    }

    /** The same account with the roles that it has by now. */
    public Account withRoles(List<String> now) {
        return new Account(
                id, email, username, displayName, now, status, emailVerified, deleted, passwordHash, hadPassword);
    }

    public Set<String> roleSet() {
        return Set.copyOf(roles);
    }

    /** Without the hash and the address: records end up in logs. */
    @Override
    public String toString() {
        return "Account[id=" + id + ", status=" + status + "]";
    }
}
