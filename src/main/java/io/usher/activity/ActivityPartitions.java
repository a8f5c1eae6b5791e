package io.usher.activity;

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

/** Makes the months of the activities ahead and drops those that are too old: after the start, and every hour, on every replica. */
@ApplicationScoped
class ActivityPartitions {
    private static final long MOST_MONTHS = 1200;

    private final Partitions partitions;
    private final Period retention;
    private final JobRuns.Job runs;

    @Inject
    ActivityPartitions(Partitions partitions, ActivityConfig config, JobRuns runs) {
        this.runs = runs.of(
                ActivityPartitions.class,
                "activity-months",
                "The months of activities were not seen to, and will be next time; nothing is lost meanwhile");
        this.partitions = partitions;
        this.retention = config.retention();
    }

    /** A wrong setting stops the start. */
    void check(@Observes StartupEvent event) {
        boolean whole = retention.equals(retention.withDays(0));
        if (!whole || retention.toTotalMonths() < 1 || retention.toTotalMonths() > MOST_MONTHS) {
            throw new StartRefusedException("usher.activity.retention must be whole months, P1M to P1200M");
        }
    }

    /** Nothing waits for the first time, right after the start: what is written before there is a month moves into it. */
    @Scheduled(every = "1h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> maintain() {
        return partitions.maintain(ActivityService.TABLE, retention).plug(runs::watch);
    }
}
