package io.usher.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.usher.security.Fixtures;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.MutableClock;
import io.usher.testing.Parallel;
import io.usher.testing.RealServers;
import io.usher.testing.UsherTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a table of its own, so that dropping it does not take other tests' rows away. */
@UsherTest
class PartitionsTest {
    private static final Period TWO_YEARS = Period.ofMonths(24);

    @Inject
    Partitions partitions;

    @Inject
    Fixtures fixtures;

    @Inject
    MutableClock clock;

    private final String table = "t_" + Given.unique();
    private final UUID user = Given.customer().create().id();

    @BeforeEach
    void create() {
        Database.execute(
                "create table " + table + " (id uuid default uuidv7(), user_id uuid not null references users (id),"
                        + " created_at timestamptz not null, primary key (id, created_at)) partition by range (created_at)");
        Database.execute("create table " + table + "_default partition of " + table + " default");
        Database.execute("create index on " + table + " (user_id)");
    }

    @AfterEach
    void drop() {
        Database.execute("drop table " + table);
    }

    @Test
    void makesThisMonthAndThreeMoreOnce() {
        clock.set(Instant.parse("2031-11-30T23:59:00Z"));
        maintain();
        maintain();

        assertThat(months()).containsExactly("2031_11", "2031_12", "2032_01", "2032_02");
        insert("2031-11-01T00:00:00Z");
        insert("2031-11-30T23:59:59.999999Z");
        insert("2031-12-01T00:00:00Z");
        assertThat(rowsOf("2031_11")).isEqualTo(2);
        assertThat(rowsOf("2031_12")).isEqualTo(1);
    }

    @Test
    void theFirstOfAMonthNobodyMadeIsNoFailureAndMovesIntoItsMonthLater() {
        clock.set(Instant.parse("2031-06-15T00:00:00Z"));
        maintain();
        clock.set(Instant.parse("2031-12-24T00:00:00Z"));
        insert("2031-09-30T23:59:59Z");
        insert("2031-10-01T00:00:00Z");
        insert("2031-10-31T12:00:00Z");
        insert("2031-12-24T00:00:00Z");
        assertThat(rowsOf("default")).isEqualTo(3);

        maintain();

        assertThat(rowsOf("default")).isZero();
        assertThat(rowsOf("2031_10")).isEqualTo(2);
        assertThat(rowsOf("2031_12")).isEqualTo(1);
        assertThat(rows()).isEqualTo(4);
        assertThat(months())
                .contains("2031_06", "2031_09", "2031_10", "2031_12", "2032_03")
                .doesNotContain("2031_11");
    }

    @Test
    void manyAtOnceMakeEachMonthOnceWhileRowsComeIn() {
        insert(OffsetDateTime.now(ZoneOffset.UTC).toString());
        Parallel.times(12, 12, i -> {
            if (i % 3 == 0) {
                for (int n = 0; n < 20; n++) {
                    insert(OffsetDateTime.now(ZoneOffset.UTC).toString());
                }
            } else {
                maintain();
            }
            return i;
        });

        assertThat(months()).hasSize(4);
        assertThat(rowsOf("default")).isZero();
        assertThat(rows()).isEqualTo(81);
    }

    @Test
    void givesWayToWhoHoldsTheLocksAndMakesTheMonthWhenTheyAreFree() throws Exception {
        try (Connection connection = RealServers.database().getConnection()) {
            connection.setAutoCommit(false);
            execute(connection, "update users set name = 'Ann' where id = ?");
            CompletableFuture<Void> making = CompletableFuture.runAsync(this::maintain);
            await().until(() -> Database.number("select count(*) from pg_locks where not granted"
                            + " and relation = cast('users' as regclass) and mode = 'ShareRowExclusiveLock'")
                    > 0);
            execute(connection, "insert into " + table + " (user_id, created_at) values (?, now())");
            connection.commit();
            making.get(15, TimeUnit.SECONDS);
        }

        assertThat(months()).hasSize(4);
        assertThat(rowsOf("default")).isZero();
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void dropsWholeMonthsOnceTheyEndedSoLongAgo() {
        YearMonth now = YearMonth.now(clock);
        make(now.minusMonths(26), now.minusMonths(25), now.minusMonths(24), now.minusMonths(1));
        forgetWhenTheyWereMade();

        maintain();

        assertThat(months())
                .hasSize(6)
                .contains(name(now.minusMonths(24)), name(now.minusMonths(1)), name(now))
                .doesNotContain(name(now.minusMonths(25)), name(now.minusMonths(26)));
    }

    @Test
    void droppingAMonthWaitsForNobodyWhoChangesAUser() throws SQLException {
        make(YearMonth.of(2011, 3));
        madeBefore("2011_03", Period.ofMonths(25));
        maintain();
        make(YearMonth.of(2011, 4));
        madeBefore("2011_04", Period.ofMonths(25));
        try (Connection connection = RealServers.database().getConnection()) {
            connection.setAutoCommit(false);
            execute(connection, "update users set name = 'Ann' where id = ?");

            maintain();

            connection.rollback();
        }
        assertThat(months()).hasSize(4);
    }

    @Test
    void whatIsBroughtInLaterIsKeptFromThenOn() {
        make(YearMonth.of(2011, 3));
        insert("2011-03-04T05:06:07Z");
        insert("2010-01-01T00:00:00Z");

        maintain();

        assertThat(rowsOf("2011_03")).isEqualTo(1);
        assertThat(rowsOf("2010_01")).isEqualTo(1);
        madeBefore("2011_03", Period.ofMonths(25));
        madeBefore("2010_01", Period.ofMonths(23));
        maintain();
        assertThat(months()).contains("2010_01").doesNotContain("2011_03");
        make(YearMonth.of(2010, 1));
        assertThat(comment("2010_01")).isEqualTo("kept from " + LocalDate.now(clock));
    }

    @Test
    void aClockThatIsWrongDropsNothing() {
        maintain();
        List<String> before = months();
        clock.set(Instant.parse("2099-01-01T00:00:00Z"));

        maintain();

        assertThat(months()).containsAll(before);
    }

    @Test
    void timesThatNobodyMeantStayInTheDefaultPartition() {
        insert("0001-01-01T00:00:00Z");
        insert("9999-12-31T00:00:00Z");

        maintain();
        make(YearMonth.of(1, 1), YearMonth.of(9999, 12));

        assertThat(months()).hasSize(4);
        assertThat(rowsOf("default")).isEqualTo(2);
    }

    private void maintain() {
        fixtures.run(() -> partitions.maintain(table, TWO_YEARS).replaceWith(true));
    }

    private void make(YearMonth... months) {
        fixtures.run(() -> partitions.ensure(table, Set.of(months)).replaceWith(true));
    }

    private void insert(String time) {
        Database.execute(
                "insert into " + table + " (user_id, created_at) values (?, cast(? as timestamptz))", user, time);
    }

    private void execute(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, user);
            statement.executeUpdate();
        }
    }

    /** As if all had been made ahead. */
    private void forgetWhenTheyWereMade() {
        months().forEach(month -> Database.execute("comment on table " + table + "_" + month + " is null"));
    }

    private void madeBefore(String month, Period ago) {
        Database.execute("comment on table " + table + "_" + month + " is 'kept from "
                + LocalDate.now(clock).minus(ago) + "'");
    }

    private String comment(String month) {
        return Database.text("select obj_description(cast(? as regclass), 'pg_class')", table + "_" + month);
    }

    private List<String> months() {
        return Database.column(
                "select right(cast(inhrelid as regclass)::text, 7) from pg_inherits where inhparent = cast(? as regclass)"
                        + " and cast(inhrelid as regclass)::text not like '%default' order by 1",
                table);
    }

    private static String name(YearMonth month) {
        return month.toString().replace('-', '_');
    }

    private long rows() {
        return Database.number("select count(*) from " + table);
    }

    private long rowsOf(String partition) {
        return Database.number("select count(*) from " + table + "_" + partition);
    }
}
