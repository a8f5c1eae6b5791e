package io.usher.transfer;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.usher.audit.AuditOrigin;
import io.usher.audit.AuditService;
import io.usher.problem.Failures;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.Caller;
import io.usher.user.UserImportService;
import io.usher.user.UserImportService.Commit;
import io.usher.user.UserImportService.Manner;
import io.usher.user.UserImportService.OnConflict;
import io.usher.user.UserImportService.Outcome;
import io.usher.web.StrictJson;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * Takes files of users over. While a batch is written, the next one is read. A batch is a transaction of its own, so what is done is done, and
 * an import that breaks off is finished by sending the file again; where a conflict undoes everything, the whole file is one transaction. Batches
 * do not wait until they are on disk, the report does.
 */
@ApplicationScoped
public class ImportService {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(15);

    private static final String ENDED =
            "The session or key that the import began with has ended, or its rights have changed.";

    private final UserImportService users;
    private final AuditService audit;
    private final StrictJson json;
    private final TransferMetrics metrics;
    private final int most;
    private final Semaphore room;

    @Inject
    ImportService(
            UserImportService users,
            AuditService audit,
            StrictJson json,
            TransferMetrics metrics,
            ImportConfig config) {
        this.users = users;
        this.audit = audit;
        this.json = json;
        this.metrics = metrics;
        this.most = config.maxConcurrent();
        this.room = new Semaphore(most);
    }

    /** What is asked of an import. */
    record Order(FileFormat format, OnConflict onConflict, boolean dryRun) {}

    /** Ends a transaction that was only tried. */
    private static final class TriedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient List<Outcome> outcomes;

        TriedException(List<Outcome> outcomes) {
            super("Nothing is written in a dry run", null, false, false);
            this.outcomes = outcomes;
        }
    }

    /**
     * An import to make.
     *
     * @param origin of the request that asked for it
     * @param beforeBatch is told how many rows are done, and fails where the import must not go on
     */
    record Work(
            Caller caller, AuditOrigin origin, Order order, InputStream file, LongFunction<Uni<Void>> beforeBatch) {}

    /** Whether one more may run; who was let in has to {@link #leave}. */
    boolean enter() {
        return room.tryAcquire();
    }

    int running() {
        return most - room.availablePermits();
    }

    void leave() {
        room.release();
    }

    /**
     * Imports a file for the present request. Fails with {@code overloaded} where too many are, and as {@link #run(Work)} does.
     *
     * @param allowed whether the caller's session or key still has its rights, asked before each batch
     */
    Uni<ImportReport> run(Caller caller, Order order, InputStream file, Supplier<Uni<Boolean>> allowed) {
        if (!enter()) {
            throw ProblemException.retryAfter(
                    ProblemCode.OVERLOADED, "As many imports run as may run at once.", RETRY_AFTER);
        }
        return run(new Work(caller, audit.origin(), order, file, done -> require(allowed)))
                .onTermination()
                .invoke(this::leave);
    }

    /**
     * Imports a file. Fails with {@code validation_failed} or {@code malformed_json} where it is no file of users at all, and with the conflict
     * that undid it.
     */
    Uni<ImportReport> run(Work work) {
        Order order = work.order();
        return users.rules(work.caller(), work.origin())
                .map(rules -> new ImportRun(rules, order.onConflict(), order.dryRun(), work.beforeBatch()))
                .chain(run -> all(run, new BatchReader(work.file(), order.format(), json, run.rules())))
                .map(ImportRun::report)
                .invoke(metrics::succeeded)
                .onFailure()
                .invoke(metrics::failed);
    }

    /** Fails with {@code forbidden} where the rights that an import began with have ended. */
    static Uni<Void> require(Supplier<Uni<Boolean>> allowed) {
        return allowed.get()
                .onItem()
                .transformToUni(still -> still
                        ? Uni.createFrom().voidItem()
                        : Uni.createFrom().failure(ProblemException.of(ProblemCode.FORBIDDEN, ENDED)));
    }

    private Uni<ImportRun> all(ImportRun run, BatchReader reader) {
        Uni<Void> done = run.isAtOnce()
                ? Panache.withTransaction(() -> each(
                        reader,
                        batch -> noted(
                                run,
                                batch,
                                () -> transaction(run, batch, new Manner(run.onConflict(), Commit.DURABLE, true)))))
                : each(reader, batch -> noted(run, batch, () -> written(run, batch)))
                        .call(users::flush);
        return done.call(() -> drain(reader))
                .onFailure(ProblemException.class)
                .call(() -> drain(reader))
                .replaceWith(run);
    }

    /** One after the other; while a batch is written, the next one is read. */
    private static Uni<Void> each(BatchReader reader, Function<ImportBatch, Uni<? extends Void>> write) {
        Context context = Objects.requireNonNull(Vertx.currentContext());
        return Multi.createBy()
                .repeating()
                .uni(() -> read(reader, context))
                .whilst(batch -> !batch.last())
                .emitOn(next -> context.runOnContext(ignored -> next.run()), 1)
                .onItem()
                .transformToUniAndConcatenate(write)
                .onItem()
                .ignoreAsUni();
    }

    private static Uni<ImportBatch> read(BatchReader reader, Context context) {
        return Uni.createFrom()
                .item(reader::next)
                .runSubscriptionOn(Infrastructure.getDefaultExecutor())
                .emitOn(next -> context.runOnContext(ignored -> next.run()));
    }

    private static Uni<Void> drain(BatchReader reader) {
        return Uni.createFrom().voidItem().invoke(reader::drain).runSubscriptionOn(Infrastructure.getDefaultExecutor());
    }

    private static Uni<Void> noted(ImportRun run, ImportBatch batch, Supplier<Uni<List<Outcome>>> write) {
        return run.mayGoOn()
                .chain(() -> write.get())
                .invoke(outcomes -> run.note(batch, outcomes))
                .replaceWithVoid();
    }

    private Uni<List<Outcome>> written(ImportRun run, ImportBatch batch) {
        return attempt(run, batch, new Manner(run.onConflict(), Commit.LATER, false))
                .onFailure(Failures::isUniqueViolation)
                .recoverWithUni(() -> attempt(run, batch, new Manner(run.onConflict(), Commit.LATER, true)))
                .onFailure(TriedException.class)
                .recoverWithItem(tried -> tried.outcomes);
    }

    private Uni<List<Outcome>> attempt(ImportRun run, ImportBatch batch, Manner manner) {
        return users.changing(
                batch.users(), run.onConflict(), () -> Panache.withTransaction(() -> transaction(run, batch, manner)));
    }

    private Uni<List<Outcome>> transaction(ImportRun run, ImportBatch batch, Manner manner) {
        return users.write(run.rules(), batch.users(), manner)
                .map(outcomes -> run.requireNoConflict(batch, outcomes))
                .invoke(outcomes -> {
                    if (run.dryRun()) {
                        throw new TriedException(outcomes);
                    }
                });
    }
}
