package io.usher.mail;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.vertx.ConsumeEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.usher.config.JobRuns;
import io.usher.config.Stopping;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/** Empties the outbox: when woken after a commit, and every few seconds for what other replicas left behind. One run at a time. */
@ApplicationScoped
class MailWorker {
    private final MailDelivery delivery;
    private final AtomicInteger asked = new AtomicInteger();
    private final JobRuns.Job runs;

    MailWorker(MailDelivery delivery, JobRuns runs) {
        this.runs = runs.of(
                MailWorker.class, "mail-outbox", "The mail outbox could not be worked on; the next run tries again");
        this.delivery = delivery;
    }

    @Scheduled(
            every = "{usher.mail.poll-interval}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            identity = "mail-outbox")
    Uni<Void> poll() {
        return run();
    }

    @ConsumeEvent(MailOutbox.DUE)
    Uni<Void> woken(String ignored) {
        return run();
    }

    private Uni<Void> run() {
        if (Stopping.hasBegun() || asked.getAndIncrement() > 0) {
            return Uni.createFrom().voidItem();
        }
        return Multi.createBy()
                .repeating()
                .uni(this::round)
                .whilst(more -> more)
                .onItem()
                .ignoreAsUni()
                .onFailure()
                .invoke(() -> asked.set(0))
                // Its message could tell an address.
                .onFailure()
                .transform(
                        failure -> new IllegalStateException(failure.getClass().getName()))
                .plug(runs::watch);
    }

    /** Delivers one batch; whether there may be more to do. Somebody who asks meanwhile is heard, as their row may have come too late. */
    private Uni<Boolean> round() {
        int heard = asked.get();
        return delivery.deliverBatch().map(found -> found > 0 || !asked.compareAndSet(heard, 0));
    }
}
