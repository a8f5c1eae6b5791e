package io.usher.security;

import java.security.Principal;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who makes the request, as the state of its session or key says at this moment (not as its token said when it was issued).
 *
 * @param userId the user
 * @param signInName its username, else its email
 * @param roles {@code customer} or {@code admin}, {@code super-admin}, and custom roles, in this order
 * @param credential the session that the access token belongs to, or the API key
 * @param cachedView the caller's own user view as it stands in the cache; null where it has to be loaded
 * @param cacheGeneration under which a view that is loaded now may go into the cache ({@code UserCache.fillView}); null where it may not
 */
public record Caller(
        UUID userId,
        String signInName,
        Set<String> roles,
        Credential credential,
        @Nullable String cachedView,
        @Nullable String cacheGeneration)
        implements Principal {
    public static final String CUSTOMER = "customer";
    public static final String ADMIN = "admin";
    public static final String SUPER_ADMIN = "super-admin";

    /** What the caller proved itself with. */
    public sealed interface Credential permits Session, Key {
        UUID id();

        /** From when on it is refused; null for never. */
        @Nullable
        Instant expiresAt();
    }

    /** A session. */
    public record Session(UUID id, Instant createdAt, Instant lastActivityAt, Instant expiresAt)
            implements Credential {}

    /** An API key: it has its owner's rights, cut to its scopes. */
    public record Key(
            UUID id, Set<KeyScope> scopes, @Nullable Instant expiresAt) implements Credential {
        /** Whether the key is good for what needs this scope. */
        public boolean covers(KeyScope scope) {
            return scopes.contains(scope) || scopes.contains(KeyScope.ALL);
        }
    }

    /** The caller's session; only where keys are refused ({@link OperationScopes}). */
    public Session session() {
        if (credential instanceof Session session) {
            return session;
        }
        throw KeyScopeFilter.never();
    }

    /** The API key that the request was made with; null where it was made in a session. */
    public @Nullable Key apiKey() {
        return credential instanceof Key key ? key : null;
    }

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
