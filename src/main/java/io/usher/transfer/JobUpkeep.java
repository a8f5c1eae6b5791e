package io.usher.transfer;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.usher.config.JobRuns;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Says that this process and its jobs live, ends those of processes that do not, and clears away what is left of them; on every replica. */
@ApplicationScoped
class JobUpkeep {
    private static final Logger LOG = Logger.getLogger(JobUpkeep.class);
    private static final Duration SILENCE = Duration.ofMinutes(1);
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);

    private final JobService service;
    private final JobRepository jobs;
    private final Spool spool;
    private final Period retention;
    private final Clock clock;
    private final JobRuns.Job runs;

    @Inject
    JobUpkeep(JobService service, JobRepository jobs, Spool spool, ImportConfig config, Clock clock, JobRuns runs) {
        this.runs = runs.of(JobUpkeep.class, "transfer-upkeep", "Jobs were not looked after, and will be next time");
        this.service = service;
        this.jobs = jobs;
        this.spool = spool;
        this.retention = config.jobRetention();
        this.clock = clock;
    }

    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP, identity = "transfer-upkeep")
    Uni<Void> watch() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant forgotten = now.atOffset(ZoneOffset.UTC).minus(retention).toInstant();
        Set<UUID> own = service.own();
        Uni<Void> alive = own.isEmpty() ? Uni.createFrom().voidItem() : jobs.beat(own);
        return alive.chain(() -> jobs.failSilent(SILENCE, JobFailure.DIED, now))
                .chain(() -> jobs.forget(forgotten))
                .chain(() -> clear())
                .plug(runs::watch);
    }

    /** A job is a row before it is a file: files whose jobs are not open are left over. */
    private Uni<Void> clear() {
        return spool.jobs().chain(files -> files.isEmpty() ? Uni.createFrom().voidItem() : clear(files));
    }

    private Uni<Void> clear(List<UUID> files) {
        return jobs.open(files)
                .onItem()
                .transformToMulti(open -> Multi.createFrom()
                        .iterable(files)
                        .filter(file -> !open.contains(file) && !service.own().contains(file)))
                .onItem()
                .transformToUniAndConcatenate(spool::delete)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** The thread that stops the application may wait, and does: the pool closes next. */
    void stop(@Observes ShutdownEvent event) throws Throwable {
        VertxContextSupport.subscribeAndAwait(this::lastWords);
    }

    private Uni<Void> lastWords() {
        Set<UUID> own = service.own();
        return service.failOwn()
                .ifNoItem()
                .after(LAST_WORDS)
                .fail()
                .onFailure()
                .invoke(e -> LOG.warnf("%d jobs will be failed by another replica: %s", own.size(), e.toString()))
                .onFailure()
                .recoverWithNull();
    }
}
