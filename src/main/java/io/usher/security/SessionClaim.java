package io.usher.security;

import io.usher.cache.CacheKeys;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.UUID;

/** What an access token claims: that its session lives. */
record SessionClaim(UUID userId, UUID sessionId) implements Claim {
    static SessionClaim of(AccessToken token) {
        return new SessionClaim(token.userId(), token.sessionId());
    }

    @Override
    public String stateKey() {
        return CacheKeys.session(userId, sessionId);
    }

    @Override
    public String counter(String policy) {
        return CacheKeys.limit(userId, policy);
    }

    @Override
    public String sql() {
        return SessionSql.STATE;
    }

    @Override
    public Tuple parameters(Instant now, Instant minuteAgo) {
        return Tuple.of(sessionId, userId, Times.toSql(now), Times.toSql(minuteAgo));
    }

    @Override
    public CallerState state(Row row) {
        Caller.Session session = new Caller.Session(
                sessionId,
                Times.get(row, "created_at"),
                Times.get(row, "last_activity_at"),
                Times.get(row, "expires_at"));
        return CallerState.of(session, row);
    }

    @Override
    public ProblemException refusal() {
        return ProblemException.of(ProblemCode.SESSION_REVOKED);
    }
}
