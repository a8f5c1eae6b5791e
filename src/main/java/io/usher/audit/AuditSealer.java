package io.usher.audit;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.usher.config.JobRuns;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;

/** Chains what was recorded, each second on every replica; where there is nothing to chain that costs one short query. */
@ApplicationScoped
class AuditSealer {
    private static final Logger LOG = Logger.getLogger(AuditSealer.class);

    private final AuditChain chain;
    private volatile boolean failing;
    private final JobRuns.Job runs;

    @Inject
    AuditSealer(AuditChain chain, JobRuns runs) {
        this.runs = runs.of("audit-sealer");
        this.chain = chain;
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP, identity = "audit-sealer")
    Uni<Void> seal() {
        return chain.seal()
                .invoke(() -> failing = false)
                .plug(runs::watch)
                .onFailure()
                .invoke(this::failed)
                .onFailure()
                .recoverWithNull();
    }

    /** Once for each outage. */
    private void failed(Throwable failure) {
        if (!failing) {
            failing = true;
            LOG.warnf("The audit log could not be sealed, and will be later; nothing is lost meanwhile: %s", failure);
        }
    }
}
