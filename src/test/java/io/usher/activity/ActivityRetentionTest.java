package io.usher.activity;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import io.usher.config.JobRuns;
import io.usher.config.StartRefusedException;
import io.usher.persistence.Partitions;
import io.usher.testing.UsherTest;
import jakarta.inject.Inject;
import java.time.Period;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@UsherTest
class ActivityRetentionTest {
    @Inject
    JobRuns runs;

    @Inject
    Partitions partitions;

    @ParameterizedTest
    @ValueSource(strings = {"P0M", "P-1M", "P30D", "P1M1D", "P1201M", "P101Y"})
    void whatIsNoRetentionStopsTheStart(String retention) {
        assertThatThrownBy(() -> start(retention))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("usher.activity.retention");
    }

    @ParameterizedTest
    @ValueSource(strings = {"P1M", "P2Y", "P1Y6M", "P1200M"})
    void wholeMonthsAndYearsDo(String retention) {
        start(retention);
    }

    private void start(String retention) {
        new ActivityPartitions(partitions, () -> Period.parse(retention), runs).check(new StartupEvent());
    }
}
