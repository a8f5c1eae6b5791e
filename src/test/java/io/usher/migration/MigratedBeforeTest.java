package io.usher.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.usher.testing.RealServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** Users that V1 files brought before anything remembered them: the schema's migration tells them by the audit log, where it can (decision 175). */
class MigratedBeforeTest {
    private static final String DATABASE = "migrated_before";

    @Test
    void whoStillHasItsAddressIsRememberedAndNobodyElse() throws SQLException {
        RealServers.ensureStarted();
        String url = RealServers.jdbcUrl().replaceAll("/[^/]*$", "/" + DATABASE);
        execute(RealServers.jdbcUrl(), "drop database if exists " + DATABASE);
        execute(RealServers.jdbcUrl(), "create database " + DATABASE);
        migrate(url, "14");
        execute(
                url,
                "insert into users (email) values ('kept@x.example'), ('changed@x.example'), ('registered@x.example'), ('edited@x.example')");
        event(url, "kept", "user.migrate", "[]");
        event(url, "changed", "user.migrate", "[]");
        event(url, "changed", "user.update", "[{\"field\":\"name\"},{\"field\":\"email\"}]");
        event(url, "edited", "user.migrate", "[]");
        event(url, "edited", "user.update", "[{\"field\":\"name\"}]");
        event(url, "edited", "user.import", "[{\"field\":\"email\"},{\"field\":\"name\"}]");
        event(url, "registered", "user.register", "[]");

        migrate(url, "15");

        assertThat(
                        text(
                                url,
                                "select string_agg(u.email, ' ' order by u.email) from users u"
                                        + " join v1_traces t on t.trace = sha256((select salt from v1_salt) || decode(md5(u.email), 'hex'))"))
                .isEqualTo("edited@x.example kept@x.example");
        assertThat(text(url, "select count(*) from v1_traces")).isEqualTo("2");
        execute(RealServers.jdbcUrl(), "drop database " + DATABASE);
    }

    private static void migrate(String url, String target) {
        Flyway.configure()
                .dataSource(url, "postgres", "postgres")
                .target(target)
                .load()
                .migrate();
    }

    private static void event(String url, String name, String action, String changes) throws SQLException {
        execute(
                url,
                "insert into audit_events (id, created_at, action, actor_type, target_id, changes) select uuidv7(), now(), '"
                        + action + "', 'user', id, '" + changes + "' from users where email = '" + name
                        + "@x.example'");
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
