package io.usher.mail;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.vertx.ConsumeEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.usher.config.JobRuns;
import io.usher.config.Stopping;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** Empties the outbox: when woken after a commit, and every few seconds for what other replicas left behind. One run at a time. */
@ApplicationScoped
class MailWorker {
    private static final Logger LOG = Logger.getLogger(MailWorker.class);

    private final MailDelivery delivery;
    private final AtomicInteger asked = new AtomicInteger();
    private final JobRuns.Job runs;

    MailWorker(MailDelivery delivery, JobRuns runs) {
        this.runs = runs.of("mail-outbox");
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
                .plug(runs::watch)
                .onFailure()
                .invoke(this::failed)
                .onFailure()
                .recoverWithNull();
    }

    /** Delivers one batch; whether there may be more to do. Somebody who asks meanwhile is heard, as their row may have come too late. */
    private Uni<Boolean> round() {
        int heard = asked.get();
        return delivery.deliverBatch().map(found -> found > 0 || !asked.compareAndSet(heard, 0));
    }

    private void failed(Throwable failure) {
        asked.set(0);
        LOG.warnf(
                "The mail outbox could not be worked on (%s); the next run tries again",
                failure.getClass().getName());
    }
}
