package io.usher.user;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A user as its admins see it.
 *
 * @param passwordSet whether it ever set a password that was not reset since
 * @param authenticated whether it has a live session
 * @param activeUser whether the asking admin works as this user
 */
@Schema(name = "AdminUser")
public record AdminUserView(
        @JsonUnwrapped UserView user,
        @Nullable LeadStatus leadStatus,
        @Nullable String notes,
        boolean passwordSet,
        boolean authenticated,
        boolean activeUser) {

    /** The version, and a digest of what changes without it. */
    String etag() {
        String moving = user.lastLoginAt() + "|" + user.lastUsedAt() + "|" + user.credits() + "|" + authenticated + "|" + activeUser;
        UUID digest = UUID.nameUUIDFromBytes(moving.getBytes(StandardCharsets.UTF_8));
        return '"' + Long.toString(user.version()) + '-' + Long.toHexString(digest.getMostSignificantBits()) + '"';
    }
}
