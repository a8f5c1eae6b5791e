package io.usher.user;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.usher.security.OneTimeTokens;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A user that was just created.
 *
 * @param setupToken what an invited user signs in with the first time, shown this once; null where it was created with a password
 */
@Schema(name = "CreatedUser")
record CreatedUser(
        @JsonUnwrapped AdminUserView user,
        @Nullable String setupToken,
        @Nullable Instant setupExpiresAt) {
    static CreatedUser of(AdminUserView user, OneTimeTokens.@Nullable Issued issued) {
        return issued == null
                ? new CreatedUser(user, null, null)
                : new CreatedUser(user, issued.token(), issued.expiresAt());
    }

    /** Without the token: records end up in logs. */
    @Override
    public String toString() {
        return "CreatedUser[" + user.user().id() + "]";
    }
}
