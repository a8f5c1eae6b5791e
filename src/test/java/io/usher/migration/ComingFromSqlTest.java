package io.usher.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.usher.testing.RealServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The SQL of the guides (docs/coming-from/sql) against the schema: each file twice, on the rows of an old system. */
class ComingFromSqlTest {
    private static final String DATABASE = "coming_from";
    private static final Path FILES = Path.of("docs/coming-from/sql");
    private static final List<String> ALL = List.of(
            "a-scraped-contents.sql", "a-active-users.sql", "b-credits.sql", "c-generations.sql", "c-invitations.sql");

    /** What none of the files may have changed the second time. */
    private static final String CONTENTS = Stream.of(
                    "users",
                    "user_admins",
                    "active_users",
                    "scraped_contents",
                    "credit_transactions",
                    "generations",
                    "audit_events",
                    "audit_unsealed")
            .map(table -> "select '" + table + "', count(*), md5(string_agg(t::text, ',' order by t::text)) from "
                    + table + " t")
            .collect(Collectors.joining(" union all ", "select c::text from (", ") c order by 1"));

    private static Connection connection;

    @BeforeAll
    static void migrate() throws SQLException {
        RealServers.ensureStarted();
        String url = RealServers.jdbcUrl().replaceAll("/[^/]*$", "/" + DATABASE);
        try (Connection server = DriverManager.getConnection(RealServers.jdbcUrl(), "postgres", "postgres");
                Statement statement = server.createStatement()) {
            statement.execute("drop database if exists " + DATABASE);
            statement.execute("create database " + DATABASE);
        }
        Flyway.configure().dataSource(url, "postgres", "postgres").load().migrate();
        connection = DriverManager.getConnection(url, "postgres", "postgres");
    }

    @AfterAll
    static void drop() throws SQLException {
        connection.close();
        try (Connection server = DriverManager.getConnection(RealServers.jdbcUrl(), "postgres", "postgres");
                Statement statement = server.createStatement()) {
            statement.execute("drop database " + DATABASE);
        }
    }

    @BeforeEach
    void arrange() throws IOException, SQLException {
        execute("drop schema if exists coming_from cascade");
        execute("delete from users");
        execute("delete from credit_transactions");
        execute("delete from generations");
        run("staging.sql");
        execute(
                "insert into users (email, user_type, super_admin, status) values ('root@x.example', 'admin', true, 'active'),"
                        + " ('boss@x.example', 'admin', false, 'active'), ('ada@x.example', 'customer', false, 'active'),"
                        + " ('bob@x.example', 'customer', false, 'active')");
    }

    @Test
    void everyFileIsTested() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("staging.sql")))
                    .containsExactlyInAnyOrderElementsOf(ALL);
        }
    }

    @Test
    void creditsAddUpAndFollowWhatIsThere() throws IOException, SQLException {
        execute(
                "with u as (update users set credits = 5 where email = 'ada@x.example' returning id) insert into credit_transactions"
                        + " (id, user_id, amount, balance_after, reason, created_at) select uuidv7(), id, 5, 5, 'welcome', now() from u");
        execute("insert into coming_from.b_credits values ('2', 'ada@x.example', -30, 'spent', null, '2024-02-01Z'),"
                + " ('1', ' Ada@X.example ', 100, 'bought', 'invoice-1', '2024-01-01T10:00:00.123456Z'),"
                + " ('3', 'bob@x.example', 7, 'balance', null, '2024-01-01Z')");

        twice("b-credits.sql");

        assertThat(
                        query(
                                "select u.email || ' ' || c.amount || ' ' || c.balance_after || ' ' || c.created_at::date from credit_transactions c"
                                        + " join users u on u.id = c.user_id where c.reason <> 'welcome' order by u.email, c.seq"))
                .containsExactly(
                        "ada@x.example 100 105 2024-01-01",
                        "ada@x.example -30 75 2024-02-01",
                        "bob@x.example 7 7 2024-01-01");
        assertThat(query(
                        "select u.credits || ' ' || (select sum(c.amount) from credit_transactions c where c.user_id = u.id)"
                                + " from users u where u.credits > 0 order by u.email"))
                .containsExactly("75 75", "7 7");
        assertThat(
                        query(
                                "select count(*) from audit_events e join users u on u.id = e.target_id where e.action = 'credits.grant'"))
                .containsExactly("3");

        execute("insert into coming_from.b_credits values ('4', 'bob@x.example', 1, 'later', null, '2024-03-01Z')");
        run("b-credits.sql");
        assertThat(query("select credits from users where email = 'bob@x.example'"))
                .containsExactly("8");
    }

    @Test
    void aLedgerThatWasBelowZeroWritesNothing() throws IOException, SQLException {
        execute("insert into coming_from.b_credits values ('1', 'ada@x.example', -1, 'spent', null, '2024-01-01Z'),"
                + " ('2', 'ada@x.example', 5, 'bought', null, '2024-02-01Z')");

        refused("b-credits.sql", "credit_transactions_balance");

        assertThat(query("select count(*) from credit_transactions")).containsExactly("0");
    }

    @Test
    void generationsKeepTheirTimesAndChargeNothing() throws IOException, SQLException {
        execute(
                "insert into coming_from.c_generations values ('1', 'ada@x.example', 'image', 'A lighthouse', 'sdxl', '{\"a\": 1}', 2,"
                        + " 'completed', 'https://m.example/1', null, '192.0.2.7', '2024-01-01T23:30:00Z', '2024-01-01T23:31:00Z'),"
                        + " ('2', 'ada@x.example', 'video', null, null, null, 1, 'pending', null, null, null, '2024-01-02Z', null)");

        twice("c-generations.sql");

        assertThat(query(
                        "select g.type || ' ' || g.status || ' ' || g.cost || ' ' || coalesce(g.ip_address, '-') || ' '"
                                + " || (g.created_at at time zone 'UTC') || ' ' || (g.window_start at time zone 'UTC') || ' ' ||"
                                + " (g.completed_at is not null) from generations g order by g.created_at"))
                .containsExactly(
                        "image completed 2 192.0.2.7 2024-01-01 23:30:00 2024-01-01 00:00:00 true",
                        "video failed 1 - 2024-01-02 00:00:00 2024-01-02 00:00:00 true");
        assertThat(query("select count(*) from user_quotas")).containsExactly("0");
    }

    @Test
    void whatWasWrittenIsNotWrittenAgainWhateverBecameOfTheUser() throws IOException, SQLException {
        execute("insert into coming_from.c_generations (source_id, email, type, status, created_at)"
                + " values ('1', 'ada@x.example', 'image', 'completed', '2024-01-01Z')");
        execute("insert into coming_from.b_credits values ('1', 'ada@x.example', 9, 'bought', null, '2024-01-01Z')");
        run("c-generations.sql");
        run("b-credits.sql");
        execute("update users set email = 'countess@x.example' where email = 'ada@x.example'");

        twice("c-generations.sql");
        twice("b-credits.sql");

        assertThat(query("select count(*) from generations")).containsExactly("1");
        assertThat(query("select credits from users where email = 'countess@x.example'"))
                .containsExactly("9");
    }

    @Test
    void whoInvitedManages() throws IOException, SQLException {
        execute("insert into coming_from.c_invitations values ('boss@x.example', 'ada@x.example', '2024-01-01Z'),"
                + " ('Boss@x.example', 'bob@x.example', '2024-01-01Z')");

        twice("c-invitations.sql");

        assertThat(query(
                        "select u.email from user_admins l join users u on u.id = l.user_id join users a on a.id = l.admin_id"
                                + " where a.email = 'boss@x.example' and u.id <> a.id order by 1"))
                .containsExactly("ada@x.example", "bob@x.example");
        assertThat(
                        query(
                                "select count(*) from audit_events e join users u on u.id = e.target_id where action = 'user.link'"))
                .containsExactly("2");
    }

    @Test
    void scrapedContentKeepsTimesAndChecksums() throws IOException, SQLException {
        execute("insert into coming_from.a_scraped_contents values"
                + " ('1', 'ada@x.example', 'work_orders', 'https://a.example', '{\"n\": 1}', 'abc', '2024-01-01Z'),"
                + " ('2', 'ada@x.example', 'work_orders', null, '{\"n\": 2}', null, '2024-01-02Z')");

        twice("a-scraped-contents.sql");

        assertThat(query(
                        "select content_type || ' ' || coalesce(source_url, '-') || ' ' || content || ' ' || length(checksum) || ' '"
                                + " || created_at::date from scraped_contents order by created_at"))
                .containsExactly(
                        "work_orders https://a.example {\"n\": 1} 3 2024-01-01",
                        "work_orders - {\"n\": 2} 64 2024-01-02");
    }

    @Test
    void whoWorksAsSomebodyGoesOn() throws IOException, SQLException {
        execute("insert into coming_from.a_active_users values ('root@x.example', 'ada@x.example', '2024-01-01Z')");

        twice("a-active-users.sql");

        assertThat(query("select u.email from active_users a join users u on u.id = a.user_id"))
                .containsExactly("ada@x.example");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a-scraped-contents.sql | a_scraped_contents values ('9', 'no@x.example', 't', null, '{}', null, now())       | 9 (no user no@x.example)
            a-scraped-contents.sql | a_scraped_contents values ('9', 'ada@x.example', 't', null, '[]', null, now())      | 9 (not storable)
            a-active-users.sql     | a_active_users values ('ada@x.example', 'bob@x.example', now())                     | no admin
            a-active-users.sql     | a_active_users values ('boss@x.example', 'bob@x.example', now())                    | not its user
            b-credits.sql          | b_credits values ('9', 'no@x.example', 1, 'r', null, now())                         | 9 (no user no@x.example)
            b-credits.sql          | b_credits values ('9', 'ada@x.example', 0, 'r', null, now())                        | 9 (not storable)
            c-generations.sql      | c_generations (source_id, email, type, status, created_at) values ('9', 'no@x.example', 'image', 'failed', now()) | no user
            c-generations.sql      | c_generations (source_id, email, type, status, created_at) values ('9', 'ada@x.example', 'image', 'done', now())  | not storable
            c-invitations.sql      | c_invitations values ('ada@x.example', 'bob@x.example', now())                      | no admin
            c-invitations.sql      | c_invitations values ('boss@x.example', 'no@x.example', now())                      | no such user
            """)
    void aRowThatCannotBeWrittenIsNamedAndNothingIsWritten(String file, String row, String fault) throws SQLException {
        execute("insert into coming_from." + row);
        List<String> before = query(CONTENTS);

        refused(file, fault);

        assertThat(query(CONTENTS)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a-scraped-contents.sql",
                "a-active-users.sql",
                "b-credits.sql",
                "c-generations.sql",
                "c-invitations.sql"
            })
    void withoutRowsThereIsNothingToDo(String file) throws IOException, SQLException {
        List<String> before = query(CONTENTS);

        run(file);

        assertThat(query(CONTENTS)).isEqualTo(before);
    }

    private static void refused(String file, String fault) throws SQLException {
        assertThatThrownBy(() -> run(file)).isInstanceOf(SQLException.class).hasMessageContaining(fault);
        execute("rollback");
    }

    private static void twice(String file) throws IOException, SQLException {
        run(file);
        List<String> first = query(CONTENTS);
        run(file);
        assertThat(query(CONTENTS)).as("the second time").isEqualTo(first);
    }

    private static void run(String file) throws IOException, SQLException {
        execute(Files.readString(FILES.resolve(file)));
    }

    private static void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> query(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}
