package io.usher.audit;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.usher.config.JobRuns;
import io.usher.config.StartRefusedException;
import io.usher.persistence.Partitions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Period;

/** Makes the months of the audit log ahead and drops those that are too old: after the start, and every hour, on every replica. */
@ApplicationScoped
class AuditMonths {
    private static final long MOST_MONTHS = 1200;

    /** Notes where the chain begins then: its first links go with their events. */
    private static final String DROP = "select usher_drop_audit_months($1::date, $2::int) as dropped";

    private final Partitions partitions;
    private final Period retention;
    private final JobRuns.Job runs;

    @Inject
    AuditMonths(Partitions partitions, AuditConfig config, JobRuns runs) {
        this.runs = runs.of(
                AuditMonths.class,
                "audit-months",
                "The months of the audit log were not seen to, and will be next time; nothing is lost meanwhile");
        this.partitions = partitions;
        this.retention = config.retention();
    }

    /** A wrong setting stops the start. */
    void check(@Observes StartupEvent event) {
        boolean whole = retention.equals(retention.withDays(0));
        if (!whole || retention.toTotalMonths() < 1 || retention.toTotalMonths() > MOST_MONTHS) {
            throw new StartRefusedException("usher.audit.retention must be whole months, P1M to P1200M");
        }
    }

    /** Nothing waits for the first time, right after the start: what is written before there is a month moves into it. */
    @Scheduled(every = "1h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> maintain() {
        return partitions
                .keepAhead("audit_events")
                .chain(() -> partitions.keepAhead("audit_origins"))
                .chain(() -> partitions.keepAhead("audit_chain"))
                .chain(() -> partitions.dropBy(DROP, retention))
                .plug(runs::watch);
    }
}
