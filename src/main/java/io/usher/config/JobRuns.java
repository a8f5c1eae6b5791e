package io.usher.config;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What became of the jobs that are scheduled in this process. They log a failure and go on, so without this only the log would know. */
@Singleton
public class JobRuns {
    private final MeterRegistry metrics;
    private final Clock clock;

    @Inject
    JobRuns(MeterRegistry metrics, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Begins to count a job's runs; to be called once for each. @param job its name as a label, of a-z and {@code -} */
    public Job of(String job) {
        return new Job(job, metrics, clock);
    }

    /** One job. */
    public static final class Job {
        private final Counter succeeded;
        private final Counter failed;
        private final AtomicLong lastSuccess = new AtomicLong();
        private final Clock clock;

        private Job(String job, MeterRegistry metrics, Clock clock) {
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

        /** The same run, counted when it has ended; to stand before what recovers from its failure. That it broke off at the end is none. */
        public Uni<Void> watch(Uni<Void> run) {
            return run.invoke(this::succeeded)
                    .onFailure(failure -> Stopping.hasBegun())
                    .recoverWithNull()
                    .onFailure()
                    .invoke(failure -> failed.increment());
        }

        private void succeeded() {
            lastSuccess.set(clock.millis());
            succeeded.increment();
        }
    }
}
