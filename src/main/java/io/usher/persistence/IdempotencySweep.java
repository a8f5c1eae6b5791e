package io.usher.persistence;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.usher.config.JobRuns;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.ZoneOffset;

/** Deletes the answers that no key can ask for any more, a batch at a time, one replica at a time. */
@ApplicationScoped
class IdempotencySweep {
    private static final int BATCH = 1000;

    /** $1 expired before; $2 at most so many. */
    private static final String DELETE = """
            delete from idempotency_records where (user_id, key) in (
                select user_id, key from idempotency_records where expires_at <= $1 and %s
                order by expires_at limit $2 for update skip locked)
            """.formatted(JobLock.held("idempotency-sweep"));

    private final Pool pool;
    private final Clock clock;
    private final JobRuns.Job runs;

    @Inject
    IdempotencySweep(Pool pool, Clock clock, JobRuns runs) {
        this.runs = runs.of(
                IdempotencySweep.class,
                "idempotency-sweep",
                "Expired idempotency records were not swept, and will be next time");
        this.pool = pool;
        this.clock = clock;
    }

    @Scheduled(
            every = "{usher.database.sweep-every}",
            delayed = "{usher.database.sweep-every}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return Uni.createFrom()
                .deferred(() -> pool.preparedQuery(DELETE)
                        .execute(Tuple.of(clock.instant().atOffset(ZoneOffset.UTC), BATCH)))
                .map(SqlResult::rowCount)
                .repeat()
                .whilst(deleted -> deleted == BATCH)
                .collect()
                .last()
                .replaceWithVoid()
                .plug(runs::watch);
    }
}
