package io.usher.audit;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.usher.config.JobRuns;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Chains what was recorded, each second on every replica; where there is nothing to chain that costs one short query. */
@ApplicationScoped
class AuditSealer {
    private final AuditChain chain;
    private final JobRuns.Job runs;

    @Inject
    AuditSealer(AuditChain chain, JobRuns runs) {
        this.runs = runs.of(
                AuditSealer.class,
                "audit-sealer",
                "The audit log could not be sealed, and will be later; nothing is lost meanwhile");
        this.chain = chain;
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP, identity = "audit-sealer")
    Uni<Void> seal() {
        return chain.seal().plug(runs::watch);
    }
}
