package io.usher.security;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.usher.persistence.Ids;
import io.usher.persistence.Statements;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sessions and their tokens. Every method that writes joins the caller's transaction, or opens its own where there is none; the caller
 * wraps the whole in {@code UserCache.change}, so that no replica goes on with what was cached.
 */
@ApplicationScoped
public class SessionService {
    private static final UUID NONE = new UUID(0, 0);

    private final Pool pool;
    private final Statements statements;
    private final Clock clock;
    private final SecurityConfig config;
    private final TokenMint mint;
    private final RefreshRotation rotation;

    @Inject
    SessionService(
            Pool pool,
            Statements statements,
            Clock clock,
            SecurityConfig config,
            TokenMint mint,
            RefreshRotation rotation) {
        this.pool = pool;
        this.statements = statements;
        this.clock = clock;
        this.config = config;
        this.mint = mint;
        this.rotation = rotation;
    }

    /** What a login hands out; durations in seconds. */
    public record Tokens(
            UUID sessionId, String accessToken, long expiresIn, String refreshToken, long refreshExpiresIn) {
        /** Without the tokens: records end up in logs. */
        @Override
        public String toString() {
            return "Tokens[sessionId=" + sessionId + "]";
        }
    }

    /** One live session. */
    public record LiveSession(
            UUID id,
            Instant createdAt,
            Instant lastActivityAt,
            Instant expiresAt,
            @Nullable String ip,
            @Nullable String userAgent) {}

    /** Opens a session. The caller holds the user's row lock, so that a change of the user cannot miss it. */
    @WithTransaction
    public Uni<Tokens> open(UUID userId, Set<String> roles, Client client) {
        Instant now = now();
        Instant expires = now.plus(config.sessionTtl());
        UUID session = Ids.next();
        String refreshToken = mint.refreshToken();
        return Panache.getSession()
                .call(database -> database.flush())
                .chain(database -> database.createNativeQuery(SessionSql.OPEN)
                        .setParameter("session", session)
                        .setParameter("user", userId)
                        .setParameter("now", now)
                        .setParameter("expires", expires)
                        .setParameter("ip", client.ip())
                        .setParameter("agent", client.userAgent() == null ? "" : client.userAgent())
                        .setParameter("hash", Secrets.sha256(refreshToken))
                        .executeUpdate())
                .map(ignored -> mint.tokens(userId, session, roles, refreshToken, now, expires));
    }

    /**
     * Rotates a refresh token. Fails with {@code refresh_reused} (and ends the session) where it was used before, {@code session_revoked}
     * where the session has ended, {@code token_expired}, or {@code unauthenticated} where the token is unknown. Sees to the cache itself,
     * and is one statement: call it outside of transactions.
     */
    public Uni<Tokens> refresh(String refreshToken) {
        return rotation.rotate(refreshToken, now());
    }

    /** The user's live sessions, newest activity first. */
    public Uni<List<LiveSession>> live(UUID userId) {
        return pool.preparedQuery(SessionSql.LIVE)
                .execute(Tuple.of(userId, Times.toSql(now())))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(SessionService::liveSession)
                        .toList());
    }

    private static LiveSession liveSession(Row row) {
        return new LiveSession(
                row.getUUID("id"),
                Times.get(row, "created_at"),
                Times.get(row, "last_activity_at"),
                Times.get(row, "expires_at"),
                row.getString("ip"),
                row.getString("user_agent"));
    }

    /** Ends one session of the user; false where it is not live, or not the user's. */
    @WithTransaction
    public Uni<Boolean> end(UUID userId, UUID sessionId) {
        Instant now = now();
        return Panache.getSession()
                .chain(database -> database.createNativeQuery(SessionSql.END)
                        .setParameter("now", now)
                        .setParameter("session", sessionId)
                        .setParameter("user", userId)
                        .executeUpdate())
                .map(ended -> ended > 0);
    }

    /** Ends the user's sessions, all or all but one; answers how many. */
    @WithTransaction
    public Uni<Integer> endAll(UUID userId, @Nullable UUID except) {
        Instant now = now();
        return Panache.getSession().call(database -> database.flush()).chain(database -> database.createNativeQuery(
                        SessionSql.END_ALL)
                .setParameter("now", now)
                .setParameter("user", userId)
                .setParameter("except", except == null ? NONE : except)
                .executeUpdate());
    }

    /** Ends all sessions of these users, in the present transaction: one statement, or none for nobody. */
    public Uni<Void> endAll(Collection<UUID> userIds) {
        if (userIds.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return statements
                .joined()
                .run(SessionSql.END_ALL_OF, Tuple.of(userIds.toArray(UUID[]::new), Times.toSql(now())))
                .replaceWithVoid();
    }

    /** To the millisecond, as everything that leaves the service is. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
