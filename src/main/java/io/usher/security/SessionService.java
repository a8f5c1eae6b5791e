package io.usher.security;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sessions and their tokens. Every method that writes joins the caller's transaction, or opens its own where there is none; the caller
 * wraps the whole in {@code UserCache.change}, so that no replica goes on with what was cached.
 */
@ApplicationScoped
public class SessionService {
    /** What a login hands out; durations in seconds. */
    public record Tokens(UUID sessionId, String accessToken, long expiresIn, String refreshToken, long refreshExpiresIn) {}

    /** One live session. */
    public record LiveSession(
            UUID id, Instant createdAt, Instant lastActivityAt, Instant expiresAt, @Nullable String ip, @Nullable String userAgent) {}

    /** Opens a session. The caller holds the user's row lock, so that a change of the user cannot miss it. */
    public Uni<Tokens> open(UUID userId, Set<String> roles, Client client) {
        throw new UnsupportedOperationException();
    }

    /**
     * Rotates a refresh token. Fails with {@code refresh_reused} (and ends the session) where it was used before, {@code session_revoked}
     * where the session has ended, {@code token_expired}, or {@code unauthenticated} where the token is unknown.
     */
    public Uni<Tokens> refresh(String refreshToken) {
        throw new UnsupportedOperationException();
    }

    /** The user's live sessions, newest activity first. */
    public Uni<List<LiveSession>> live(UUID userId) {
        throw new UnsupportedOperationException();
    }

    /** Ends one session of the user; false where it is not live, or not the user's. */
    public Uni<Boolean> end(UUID userId, UUID sessionId) {
        throw new UnsupportedOperationException();
    }

    /** Ends the user's sessions, all or all but one; answers how many. */
    public Uni<Integer> endAll(UUID userId, @Nullable UUID except) {
        throw new UnsupportedOperationException();
    }
}
