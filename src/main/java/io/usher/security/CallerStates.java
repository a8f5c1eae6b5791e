package io.usher.security;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Reads the state of sessions and keys from PostgreSQL, which is where the truth is. */
@ApplicationScoped
class CallerStates {
    private static final Duration NOTE_STEP = Duration.ofMinutes(1);

    private final Pool pool;
    private final Clock clock;

    @Inject
    CallerStates(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** The state; null where the claim does not hold, or its user may not sign in. */
    Uni<@Nullable CallerState> load(Claim claim) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return pool.preparedQuery(claim.sql())
                .execute(claim.parameters(now, now.minus(NOTE_STEP)))
                .map(rows ->
                        rows.size() == 0 ? null : claim.state(rows.iterator().next()));
    }
}
