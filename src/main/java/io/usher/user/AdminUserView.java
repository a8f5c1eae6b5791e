package io.usher.user;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.usher.web.VersionTag;
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

    /** The view's ETag: the version, and what changes without it. */
    VersionTag tag() {
        return VersionTag.of(
                user.version(), user.lastLoginAt(), user.lastUsedAt(), user.credits(), authenticated, activeUser);
    }
}
