package io.usher.security;

import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A user as a path names it: by its id, or by its V1 id. Anything else names nobody, which is a user that does not exist, not a bad
 * request.
 */
public record UserRef(@Nullable UUID id, @Nullable String v1Id) {
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern V1_ID = Pattern.compile("[0-9a-fA-F]{32}");

    /** Reads a path segment. */
    public static UserRef parse(String text) {
        if (UUID_TEXT.matcher(text).matches()) {
            return of(UUID.fromString(text));
        }
        return new UserRef(null, V1_ID.matcher(text).matches() ? text.toLowerCase(Locale.ROOT) : null);
    }

    /** The user with this id. */
    public static UserRef of(UUID id) {
        return new UserRef(id, null);
    }

    /** Whether no user can have this name. */
    public boolean isNobody() {
        return id == null && v1Id == null;
    }
}
