package io.usher.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.usher.config.JobRuns;
import io.usher.config.StartRefusedException;
import io.usher.persistence.Partitions;
import io.usher.testing.Database;
import io.usher.testing.UsherTest;
import jakarta.inject.Inject;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@UsherTest
class AuditRetentionTest {
    @Inject
    JobRuns runs;

    @Inject
    Partitions partitions;

    @ParameterizedTest
    @ValueSource(strings = {"P0M", "P-1M", "P30D", "P1M1D", "P1201M", "P101Y"})
    void whatIsNoRetentionStopsTheStart(String retention) {
        assertThatThrownBy(() -> months(retention).check(new StartupEvent()))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("usher.audit.retention");
    }

    @Test
    void theMonthsAheadAreMade() throws Throwable {
        VertxContextSupport.subscribeAndAwait(() -> months("P84M").maintain());

        String next = YearMonth.now(ZoneOffset.UTC).plusMonths(1).toString().replace('-', '_');
        for (String table : new String[] {"audit_events_", "audit_origins_", "audit_chain_"}) {
            assertThat(Database.text("select to_regclass(?)::text", table + next))
                    .isEqualTo(table + next);
        }
    }

    private AuditMonths months(String retention) {
        return new AuditMonths(partitions, () -> Period.parse(retention), runs);
    }
}
