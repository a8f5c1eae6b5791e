package io.usher.migration;

import io.usher.security.Caller;
import io.usher.security.Passwords;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a V1 user signs in.
 *
 * @param password in clear, to be hashed; null where the hash is there, or neither is
 * @param passwordHash bcrypt, taken over as it is
 */
record V1Password(@Nullable String password, @Nullable String passwordHash) {
    /** Neither: an admin hands out a set-up token later. */
    static final V1Password NONE = new V1Password(null, null);

    /** What begins so was meant as a bcrypt hash, and hashing it once more would lock its user out. */
    private static final Pattern MEANT_AS_HASH = Pattern.compile("\\$2[a-z]?\\$\\d\\d\\$.{20,}", Pattern.DOTALL);

    static V1Password read(Caller caller, V1User user, V1Faults faults) {
        if (caller.apiKey() != null) {
            forbid(user.passwordHash(), "passwordHash", faults);
            forbid(user.password(), "password", faults);
        }
        if (user.passwordHash() != null) {
            if (user.password() != null) {
                faults.add("password", "ambiguous", "must not be there together with passwordHash");
            }
            return hash("passwordHash", user.passwordHash(), faults);
        }
        if (user.password() == null) {
            return NONE;
        }
        return MEANT_AS_HASH.matcher(user.password()).matches()
                ? hash("password", user.password(), faults)
                : clear(user.password(), faults);
    }

    /** No key manages passwords (decision 40). */
    private static void forbid(@Nullable String given, String field, V1Faults faults) {
        if (given != null) {
            faults.add(field, "forbidden", "cannot be written with an API key");
        }
    }

    private static V1Password hash(String field, String hash, V1Faults faults) {
        if (!Passwords.isHash(hash)) {
            faults.add(field, "format", "must be a whole bcrypt hash ($2a$, $2b$ or $2y$) of a cost of 4 to 16");
        }
        return new V1Password(null, hash);
    }

    /** The password rules apply at the next change; only what bcrypt would cut is refused. */
    private static V1Password clear(String password, V1Faults faults) {
        if (password.getBytes(StandardCharsets.UTF_8).length > Passwords.MAX_BYTES) {
            faults.add("password", "too_long", "must have at most " + Passwords.MAX_BYTES + " bytes in UTF-8");
        }
        return new V1Password(password, null);
    }

    /** Without either: records end up in logs. */
    @Override
    public String toString() {
        return "V1Password[]";
    }
}
