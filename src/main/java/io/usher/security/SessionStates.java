package io.usher.security;

import io.smallrye.mutiny.Uni;
import io.usher.security.Caller.Session;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the state of a session from PostgreSQL, which is where the truth is. */
@ApplicationScoped
class SessionStates {
    private static final Duration ACTIVITY_STEP = Duration.ofMinutes(1);

    private final Pool pool;
    private final Clock clock;

    @Inject
    SessionStates(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** The state; null where the session has ended, or its user may not sign in. */
    Uni<@Nullable SessionState> load(UUID userId, UUID sessionId) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Tuple parameters = Tuple.of(sessionId, userId, Times.toSql(now), Times.toSql(now.minus(ACTIVITY_STEP)));
        return pool.preparedQuery(SessionSql.STATE)
                .execute(parameters)
                .map(rows -> rows.size() == 0
                        ? null
                        : state(sessionId, rows.iterator().next()));
    }

    private static SessionState state(UUID sessionId, Row row) {
        Session session = new Session(
                sessionId,
                Times.get(row, "created_at"),
                Times.get(row, "last_activity_at"),
                Times.get(row, "expires_at"));
        return new SessionState(session, Set.of(row.getArrayOfStrings("roles")));
    }
}
