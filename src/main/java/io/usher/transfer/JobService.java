package io.usher.transfer;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.vertx.ConsumeEvent;
import io.smallrye.mutiny.Uni;
import io.usher.audit.AuditOrigin;
import io.usher.audit.AuditService;
import io.usher.config.Stopping;
import io.usher.persistence.Ids;
import io.usher.problem.Failures;
import io.usher.problem.LoggedFailure;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.Caller;
import io.vertx.mutiny.core.eventbus.EventBus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Imports that nobody waits for: the replica that took the file in works on it as soon as there is room for one more import. */
@ApplicationScoped
class JobService {
    private static final Logger LOG = Logger.getLogger(JobService.class);
    private static final String WORK = "usher.transfer.work";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(60);

    private final JobRepository jobs;
    private final ImportService imports;
    private final Spool spool;
    private final AuditService audit;
    private final EventBus events;
    private final int maxQueued;
    private final Clock clock;
    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final Set<UUID> own = ConcurrentHashMap.newKeySet();

    @Inject
    JobService(
            JobRepository jobs,
            ImportService imports,
            Spool spool,
            AuditService audit,
            EventBus events,
            ImportConfig config,
            Clock clock) {
        this.jobs = jobs;
        this.imports = imports;
        this.spool = spool;
        this.audit = audit;
        this.events = events;
        this.maxQueued = config.maxQueued();
        this.clock = clock;
    }

    private record Waiting(
            UUID id, Caller caller, AuditOrigin origin, ImportService.Order order, Supplier<Uni<Boolean>> allowed) {}

    /**
     * Takes a file in for the present request, and answers its job. Fails with {@code overloaded} where as many wait as may wait.
     *
     * @param allowed whether the caller's session or key still has its rights, asked before each batch
     */
    Uni<JobView> submit(Caller caller, ImportService.Order order, InputStream body, Supplier<Uni<Boolean>> allowed) {
        Waiting job = new Waiting(Ids.next(), caller, audit.origin(), order, allowed);
        admit(job.id());
        return jobs.insert(job.id(), caller.userId(), now())
                .chain(() -> spool.store(job.id(), body))
                .chain(() -> find(caller, job.id()))
                .invoke(() -> queue.add(job))
                .invoke(this::wake)
                .onFailure()
                .call(() -> drop(job.id()));
    }

    private synchronized void admit(UUID id) {
        if (Stopping.hasBegun() || own.size() >= maxQueued) {
            throw ProblemException.retryAfter(
                    ProblemCode.OVERLOADED, "As many files wait as may wait here.", RETRY_AFTER);
        }
        own.add(id);
    }

    /** What has no file will never run. */
    private Uni<Void> drop(UUID id) {
        return jobs.drop(id).onFailure().recoverWithNull().chain(() -> end(id));
    }

    /** Fails with {@code not_found} where the job is not there for the caller. */
    Uni<JobView> find(Caller caller, UUID id) {
        return jobs.find(id, caller).onItem().ifNull().failWith(() -> ProblemException.of(ProblemCode.NOT_FOUND));
    }

    /** How many of them have not begun. */
    int queued() {
        return queue.size();
    }

    /** The jobs of this process that have not ended. */
    Set<UUID> own() {
        return Set.copyOf(own);
    }

    /** Fails what has not ended: what runs breaks off before its next batch. */
    Uni<Void> failOwn() {
        queue.clear();
        List<UUID> ids = List.copyOf(own);
        return ids.isEmpty() ? Uni.createFrom().voidItem() : jobs.fail(ids, JobFailure.STOPPED, now());
    }

    /** One call for each that waits; those for whom there is no room have to wait for the next. */
    @Scheduled(every = "1s", identity = "transfer-jobs")
    void wake() {
        queue.forEach(job -> events.publish(WORK, ""));
    }

    @ConsumeEvent(WORK)
    Uni<Void> work(String ignored) {
        if (Stopping.hasBegun() || !imports.enter()) {
            return Uni.createFrom().voidItem();
        }
        Waiting job = queue.poll();
        if (job == null) {
            imports.leave();
            return Uni.createFrom().voidItem();
        }
        return jobs.start(job.id(), now())
                .chain(started -> started ? imported(job) : Uni.createFrom().voidItem())
                .onFailure()
                .invoke(this::warn)
                .onFailure()
                .recoverWithNull()
                .eventually(imports::leave)
                .eventually(() -> end(job.id()))
                .eventually(this::wake);
    }

    private Uni<Void> imported(Waiting job) {
        InputStream file = spool.open(job.id());
        return imports.run(new ImportService.Work(
                        job.caller(), job.origin(), job.order(), file, done -> mayGoOn(job, done)))
                .eventually(() -> close(file))
                .chain(report -> jobs.succeed(job.id(), report, now()))
                .onFailure()
                .recoverWithUni(failure -> failed(job.id(), failure));
    }

    private Uni<Void> mayGoOn(Waiting job, long done) {
        return ImportService.require(job.allowed())
                .chain(() -> jobs.progress(job.id(), done))
                .invoke(running -> {
                    if (!running) {
                        throw ProblemException.of(ProblemCode.CONFLICT, "The job has ended.");
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Void> failed(UUID job, Throwable failure) {
        if (Failures.toProblem(failure) == null && !Stopping.hasBegun()) {
            LOG.errorf(LoggedFailure.of(failure), "Job %s failed", job);
        }
        return jobs.fail(List.of(job), JobFailure.of(failure), now());
    }

    private void warn(Throwable failure) {
        if (!Stopping.hasBegun()) {
            LOG.warnf("The state of a job could not be kept, it will be taken for dead: %s", failure);
        }
    }

    private Uni<Void> end(UUID id) {
        return spool.delete(id).invoke(() -> own.remove(id));
    }

    private static void close(InputStream file) {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
