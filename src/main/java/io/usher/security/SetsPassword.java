package io.usher.security;

import org.jspecify.annotations.Nullable;

/** A body that sets a password, which {@link PasswordPolicy} has to admit. */
public interface SetsPassword {
    /** The password that is to be set. */
    Chosen chosen();

    /**
     * A password, and whose.
     *
     * @param field the property of the body
     * @param password null where none is set
     * @param email the user's, which it must not be, where the body has it
     */
    record Chosen(
            String field,
            @Nullable String password,
            @Nullable String email) {
        /** Without the password: records end up in logs. */
        @Override
        public String toString() {
            return "Chosen[]";
        }
    }
}
