package io.usher.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.RealServers;
import io.usher.testing.UsherTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@UsherTest
class SearchUpkeepTest {
    private static final String SORT = "select usher_sort_search()";

    @Inject
    SearchUpkeep upkeep;

    @Test
    void whatWasWrittenIsSortedIn() {
        Given.customer().create();

        run();

        assertThat(Database.number(SORT)).isZero();
    }

    @Test
    void oneReplicaAtATimeDoesIt() throws SQLException {
        try (Connection another = RealServers.database().getConnection()) {
            another.setAutoCommit(false);
            try (Statement statement = another.createStatement()) {
                statement.execute("select pg_advisory_xact_lock(hashtextextended('usher.job.search-upkeep', 0))");
            }
            Given.customer().create();

            run();

            assertThat(Database.number(SORT)).isPositive();
            another.rollback();
        }
    }

    private void run() {
        upkeep.sort().await().atMost(Duration.ofSeconds(10));
    }
}
