package io.usher.user;

import org.jspecify.annotations.Nullable;

/**
 * What somebody registers with.
 *
 * @param email normalised
 * @param passwordHash bcrypt
 */
public record NewAccount(
        String email,
        String passwordHash,
        @Nullable String name,
        @Nullable String username,
        @Nullable String phone) {
    /** Without anything personal: records end up in logs. */
    @Override
    public String toString() {
        return "NewAccount[]";
    }
}
