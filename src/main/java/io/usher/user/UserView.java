package io.usher.user;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A user as it sees itself.
 *
 * @param v1Id {@code md5(email)}, 32 hex digits: the id that the V1 systems knew the user by
 * @param displayName the name, else the friendly name, else the username, else the email
 * @param version moves with each change of the user, and begins its ETag
 */
@Schema(name = "User")
public record UserView(
        UUID id,
        String v1Id,
        String email,
        @Nullable String username,
        @Nullable String name,
        @Nullable String friendlyName,
        String displayName,
        @Nullable String notificationEmail,
        UserType userType,
        boolean superAdmin,
        List<String> roles,
        UserStatus status,
        boolean emailVerified,
        @Nullable String phone,
        @Nullable String address,
        @Nullable String city,
        @Nullable String state,
        @Nullable String zipCode,
        @Nullable String country,
        @Nullable String businessSite,
        List<String> additionalWebsites,
        @Nullable String businessType,
        long credits,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant lastLoginAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant deletedAt,
        long version) {

    static String displayName(
            @Nullable String name, @Nullable String friendlyName, @Nullable String username, String email) {
        return name != null ? name : friendlyName != null ? friendlyName : username != null ? username : email;
    }
}
