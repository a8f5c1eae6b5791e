package io.usher.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.usher.testing.RealServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Migrations leave the schema as the previous version needs it, whose replicas go on while it is rolled out (decision 132). */
class RollingUpgradeTest {
    private static final String DATABASE = "rolling_upgrade";
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
    private static final PreviousVersion PREVIOUS = new PreviousVersion();

    private static SchemaCatalog before;
    private static SchemaCatalog after;

    @BeforeAll
    static void migrate() throws SQLException {
        RealServers.ensureStarted();
        execute(RealServers.jdbcUrl(), "drop database if exists " + DATABASE);
        execute(RealServers.jdbcUrl(), "create database " + DATABASE);
        before = migrated(PREVIOUS.schema());
        after = migrated("latest");
    }

    @AfterAll
    static void drop() throws SQLException {
        execute(RealServers.jdbcUrl(), "drop database " + DATABASE);
    }

    @Test
    void thePreviousVersionFindsEverythingThatItReadsAndWrites() {
        assertThat(new SchemaChange(before, after).faults(PREVIOUS.allowed())).isEmpty();
    }

    @Test
    void whatThePreviousVersionHasRunIsAsItWas() throws IOException, NoSuchAlgorithmException {
        for (Map.Entry<String, String> migration : PREVIOUS.migrations().entrySet()) {
            byte[] file = Files.readAllBytes(MIGRATIONS.resolve(migration.getKey()));
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(file);
            assertThat(HexFormat.of().formatHex(digest)).as(migration.getKey()).isEqualTo(migration.getValue());
        }
        assertThat(PREVIOUS.migrations()).hasSize(Integer.parseInt(PREVIOUS.schema()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            alter table users drop column username cascade               | users.username is gone
            alter table users rename column username to login            | users.username is gone
            alter table prover_settings rename to provers                | prover_settings.
            drop table active_users                                      | active_users.
            alter table users add column tier text not null              | users.tier is new, and must be written
            alter table users alter column username set not null         | users.username must not be null any more
            alter table active_users alter column updated_at type date    | active_users.updated_at was timestamp with time zone
            alter table users alter column created_at drop default       | users.created_at has no default any more
            alter table users add check (credits < 1000)                 | rows have to fulfil what they had not: users: CHECK
            create unique index on users (notification_email)            | rows have to fulfil what they had not: users: unique
            alter table active_users add foreign key (owner_id) references users (id) on delete restrict | rows have to fulfil
            drop index users_username_key                                | 'on conflict' has no index any more: users
            drop function usher_verify_audit()                           | usher_verify_audit() is gone
            create trigger t before insert on users for each row execute function suppress_redundant_updates_trigger() | trigger is new on a table
            """)
    void aMigrationThatThePreviousVersionCannotLiveWithIsFound(String sql, String fault) throws SQLException {
        assertThat(faultsOf(sql)).as(sql).anySatisfy(found -> assertThat(found).startsWith(fault));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table users add column tier text",
                "alter table users add column tier text not null default 'free' check (tier in ('free', 'paid'))",
                "create table tiers (name text primary key, user_id uuid not null references users (id))",
                "alter table users alter column name drop not null",
                "create index on users (notification_email)",
                "drop index users_search_trgm",
            })
    void aMigrationThatOnlyAddsIsNone(String sql) throws SQLException {
        assertThat(faultsOf(sql)).isEmpty();
    }

    @Test
    void aListOfValuesMayGetLongerButNotShorter() throws SQLException {
        String old = "create table things (kind text check (kind in ('a', 'b')))";
        String more = "alter table things drop constraint things_kind_check, add check (kind in ('a', 'b', 'c'))";
        String less = "alter table things drop constraint things_kind_check, add check (kind in ('a', 'd'))";

        assertThat(faultsBetween(old, more)).isEmpty();
        assertThat(faultsBetween(old, less)).hasSize(1);
    }

    @Test
    void whatIsAllowedMustStillBeNeeded() {
        SchemaChange none = new SchemaChange(before, before);

        assertThat(none.faults(Map.of("users.gone is gone", "since 0.2"))).hasSize(1);
    }

    private static Set<String> faultsOf(String sql) throws SQLException {
        return faultsBetween("select 1", sql);
    }

    /** Nothing of it is kept. */
    private static Set<String> faultsBetween(String first, String second) throws SQLException {
        try (Connection database = connect(url());
                Statement statement = database.createStatement()) {
            database.setAutoCommit(false);
            statement.execute(first);
            SchemaCatalog old = SchemaCatalog.of(database);
            statement.execute(second);
            Set<String> faults = new SchemaChange(old, SchemaCatalog.of(database)).faults();
            database.rollback();
            return faults;
        }
    }

    private static SchemaCatalog migrated(String target) throws SQLException {
        Flyway.configure()
                .dataSource(url(), "postgres", "postgres")
                .target(target)
                .load()
                .migrate();
        try (Connection database = connect(url())) {
            return SchemaCatalog.of(database);
        }
    }

    private static String url() {
        return RealServers.jdbcUrl().replaceAll("/[^/]*$", "/" + DATABASE);
    }

    private static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, "postgres", "postgres");
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection database = connect(url);
                Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }
}
