package io.usher.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.usher.testing.LogCapture;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobRunsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final JobRuns.Job job =
            new JobRuns(metrics, Clock.fixed(NOW, ZoneOffset.UTC)).of(JobRunsTest.class, "sweep", "Nothing was swept");

    private final LogCapture log = LogCapture.insteadOf(JobRunsTest.class.getName());

    @AfterEach
    void hearNoMore() {
        log.close();
    }

    @Test
    void aRunThatEndsWellIsCountedWithItsTime() {
        run(Uni.createFrom().voidItem());

        assertThat(runs("succeeded")).isEqualTo(1);
        assertThat(metrics.get("usher.job.last.success")
                        .tag("task", "sweep")
                        .timeGauge()
                        .value())
                .isEqualTo(NOW.getEpochSecond());
    }

    @Test
    void aRunThatFailsIsCountedAndKeepsItsFailure() {
        runThatFails();

        assertThat(runs("failed")).isEqualTo(1);
        assertThat(runs("succeeded")).isZero();
    }

    @Test
    void anOutageIsLoggedOnce() {
        try (LogCapture log = LogCapture.insteadOf(JobRunsTest.class.getName())) {
            runThatFails();
            runThatFails();
            run(Uni.createFrom().voidItem());
            runThatFails();

            assertThat(log.lines()).hasSize(2).allSatisfy(line -> assertThat(line)
                    .contains("Nothing was swept: java.lang.IllegalStateException: away"));
        }
    }

    @Test
    void aRunThatTheEndBreaksOffIsNoFailure() {
        Stopping.mark(true);
        try {
            runThatFails();
        } finally {
            Stopping.mark(false);
        }

        assertThat(runs("failed")).isZero();
        assertThat(runs("succeeded")).isZero();
    }

    private void runThatFails() {
        run(Uni.createFrom().failure(new IllegalStateException("away")));
    }

    private void run(Uni<Void> run) {
        job.watch(run).await().atMost(Duration.ofSeconds(1));
    }

    private double runs(String outcome) {
        return metrics.get("usher.job.runs")
                .tags("task", "sweep", "outcome", outcome)
                .counter()
                .count();
    }
}
