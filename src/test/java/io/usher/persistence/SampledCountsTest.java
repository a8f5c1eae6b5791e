package io.usher.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.usher.testing.RealServers;
import io.usher.testing.UsherTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@UsherTest
class SampledCountsTest {
    @Inject
    SampledCounts counts;

    @Inject
    MeterRegistry metrics;

    @AfterEach
    void drop() throws SQLException {
        execute("drop table if exists sampled");
    }

    @Test
    void aScrapeShowsWhatWasCountedSinceTheOneBefore() throws SQLException {
        execute("create table sampled as select from generate_series(1, 12)");
        counts.show("test.sampled", "Rows of a test", "sampled");
        look();
        assertThat(value()).isEqualTo(12);

        execute("insert into sampled select from generate_series(1, 20000)");
        look();
        assertThat(value()).isEqualTo(SampledCounts.MOST);
    }

    @Test
    void whatCannotBeCountedIsNotKnown() {
        counts.show("test.unknown", "Rows of no table", "sampled_that_is_not_there");
        look();

        assertThat(metrics.get("test.unknown").gauge().value()).isNaN();
    }

    @Test
    void mailsAndEventsAreAmongThem() {
        look();

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(metrics.get("usher.mail.owed").gauge().value()).isNotNegative();
            assertThat(metrics.get("usher.audit.unsealed").gauge().value()).isNotNegative();
        });
    }

    private void look() {
        counts.look().await().atMost(Duration.ofSeconds(10));
    }

    private double value() {
        return metrics.get("test.sampled").gauge().value();
    }

    private static void execute(String... statements) throws SQLException {
        try (Connection database = RealServers.database().getConnection();
                Statement statement = database.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
