package io.usher.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class JobRunsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final JobRuns.Job job = new JobRuns(metrics, Clock.fixed(NOW, ZoneOffset.UTC)).of("sweep");

    @Test
    void aRunThatEndsWellIsCountedWithItsTime() {
        job.watch(Uni.createFrom().voidItem()).await().atMost(Duration.ofSeconds(1));

        assertThat(runs("succeeded")).isEqualTo(1);
        assertThat(metrics.get("usher.job.last.success")
                        .tag("task", "sweep")
                        .timeGauge()
                        .value())
                .isEqualTo(NOW.getEpochSecond());
    }

    @Test
    void aRunThatFailsIsCountedAndStillFails() {
        assertThatThrownBy(() -> runThatFails().await().atMost(Duration.ofSeconds(1)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(runs("failed")).isEqualTo(1);
        assertThat(runs("succeeded")).isZero();
    }

    @Test
    void aRunThatTheEndBreaksOffIsNoFailure() {
        Stopping.mark(true);
        try {
            runThatFails().await().atMost(Duration.ofSeconds(1));
        } finally {
            Stopping.mark(false);
        }

        assertThat(runs("failed")).isZero();
        assertThat(runs("succeeded")).isZero();
    }

    private Uni<Void> runThatFails() {
        return job.watch(Uni.createFrom().failure(new IllegalStateException("away")));
    }

    private double runs(String outcome) {
        return metrics.get("usher.job.runs")
                .tags("task", "sweep", "outcome", outcome)
                .counter()
                .count();
    }
}
