package io.usher.config;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** What becomes of the jobs that are scheduled in this process: counted, logged where it fails, and never the scheduler's business. */
@Singleton
public class JobRuns {
    private final MeterRegistry metrics;
    private final Clock clock;

    @Inject
    JobRuns(MeterRegistry metrics, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Begins to count a job's runs; to be called once for each.
     *
     * @param owner whose log tells of failures
     * @param job its name as a label, of a-z and {@code -}
     * @param missed what a failed run leaves undone, and what comes of that: a sentence for the log, without its full stop
     */
    public Job of(Class<?> owner, String job, String missed) {
        return new Job(owner, job, missed, metrics, clock);
    }

    /** One job. */
    public static final class Job {
        private final Counter succeeded;
        private final Counter failed;
        private final AtomicLong lastSuccess = new AtomicLong();
        private final AtomicBoolean failing = new AtomicBoolean();
        private final Class<?> owner;
        private final String missed;
        private final Clock clock;

        private Job(Class<?> owner, String job, String missed, MeterRegistry metrics, Clock clock) {
            this.owner = owner;
            this.missed = missed;
            this.clock = clock;
            this.succeeded = counter(job, "succeeded", metrics);
            this.failed = counter(job, "failed", metrics);
            TimeGauge.builder("usher.job.last.success", lastSuccess::get, TimeUnit.MILLISECONDS)
                    .description("When the job last ended well in this process, as Unix time; 0 until it has")
                    .tag("task", job)
                    .register(metrics);
        }

        private static Counter counter(String job, String outcome, MeterRegistry metrics) {
            return Counter.builder("usher.job.runs")
                    .description("Runs of scheduled jobs that have ended")
                    .tag("task", job)
                    .tag("outcome", outcome)
                    .register(metrics);
        }

        /** The same run without its failure, which is counted, and logged once for an outage. That it broke off at the end is none. */
        public Uni<Void> watch(Uni<Void> run) {
            return run.invoke(this::succeeded)
                    .onFailure(failure -> !Stopping.hasBegun())
                    .invoke(this::failed)
                    .onFailure()
                    .recoverWithNull();
        }

        private void succeeded() {
            lastSuccess.set(clock.millis());
            succeeded.increment();
            failing.set(false);
        }

        private void failed(Throwable failure) {
            failed.increment();
            if (!failing.getAndSet(true)) {
                Logger.getLogger(owner).warnf("%s: %s", missed, failure);
            }
        }
    }
}
