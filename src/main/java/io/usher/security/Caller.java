package io.usher.security;

import java.security.Principal;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who makes the request, as the session state says at this moment (not as its token said when it was issued).
 *
 * @param userId the user
 * @param roles {@code customer} or {@code admin}, {@code super-admin}, and custom roles
 * @param session the session that the access token belongs to
 * @param cachedView the caller's own user view as it stands in the cache; null where it has to be loaded
 * @param cacheGeneration under which a view that is loaded now may go into the cache ({@code UserCache.fillView}); null where it may not
 */
public record Caller(
        UUID userId,
        Set<String> roles,
        Session session,
        @Nullable String cachedView,
        @Nullable String cacheGeneration) implements Principal {
    public static final String CUSTOMER = "customer";
    public static final String ADMIN = "admin";
    public static final String SUPER_ADMIN = "super-admin";

    /** The caller's session. */
    public record Session(UUID id, Instant createdAt, Instant lastActivityAt, Instant expiresAt) {}

    /** Whether the caller is an admin; super admins are. */
    public boolean isAdmin() {
        return roles.contains(ADMIN);
    }

    public boolean isSuperAdmin() {
        return roles.contains(SUPER_ADMIN);
    }

    public boolean is(UUID user) {
        return userId.equals(user);
    }

    @Override
    public String getName() {
        return userId.toString();
    }
}
