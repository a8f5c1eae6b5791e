package io.usher.generation;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.usher.config.JobRuns;
import io.usher.quota.QuotaService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Lets generations fail that nobody ended in time, so that what they cost comes back: a batch at a time, each one statement, one replica at a
 * time.
 */
@ApplicationScoped
class GenerationSweep {
    private static final int BATCH = 500;

    private final GenerationRepository repository;
    private final QuotaService quotas;
    private final GenerationConfig config;
    private final Clock clock;
    private final JobRuns.Job runs;

    @Inject
    GenerationSweep(
            GenerationRepository repository, QuotaService quotas, GenerationConfig config, Clock clock, JobRuns runs) {
        this.runs = runs.of(
                GenerationSweep.class, "generation-sweep", "Overdue generations were not ended, and will be next time");
        this.repository = repository;
        this.quotas = quotas;
        this.config = config;
        this.clock = clock;
    }

    @Scheduled(
            every = "{usher.database.sweep-every}",
            delayed = "{usher.database.sweep-every}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return Uni.createFrom()
                .deferred(this::batch)
                .repeat()
                .whilst(failed -> failed == BATCH)
                .collect()
                .last()
                .replaceWithVoid()
                .plug(runs::watch);
    }

    private Uni<Integer> batch() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String error = "It was still pending after " + config.pendingTimeout().toSeconds() + " seconds.";
        return repository.failOverdue(now.minus(config.pendingTimeout()), error, BATCH, now, quotas.running(now));
    }
}
