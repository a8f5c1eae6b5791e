package io.usher.security;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.usher.config.JobRuns;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Deletes what has expired, a batch at a time, one replica at a time. Sessions stay a day longer, so that support can look. */
@ApplicationScoped
class SessionSweep {
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int BATCH = 1000;

    private final Pool pool;
    private final Clock clock;
    private final JobRuns.Job runs;

    @Inject
    SessionSweep(Pool pool, Clock clock, JobRuns runs) {
        this.runs =
                runs.of(SessionSweep.class, "session-sweep", "Expired sessions were not swept, and will be next time");
        this.pool = pool;
        this.clock = clock;
    }

    @Scheduled(
            every = "{usher.database.sweep-every}",
            delayed = "{usher.database.sweep-every}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        Instant before = clock.instant().minus(KEPT);
        return deleteAll(SessionSql.SWEEP_SESSIONS, before)
                .chain(() -> deleteAll(SessionSql.SWEEP_TOKENS, before))
                .plug(runs::watch);
    }

    private Uni<Void> deleteAll(String sql, Instant before) {
        return Uni.createFrom()
                .deferred(() -> pool.preparedQuery(sql).execute(Tuple.of(Times.toSql(before), BATCH)))
                .map(SqlResult::rowCount)
                .repeat()
                .whilst(deleted -> deleted == BATCH)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
