package io.usher.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.usher.testing.RealServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The package as the step of a deployment that brings the schema up to date before replicas start. */
class MigratePackageIT {
    @TempDir
    Path keys;

    private Map<String, String> database;

    @BeforeEach
    void createDatabase() {
        RealServers.ensureStarted();
        database = RealServers.settingsOfNewDatabase();
    }

    @Test
    void migratesAndEndsWithoutHavingServed() throws Exception {
        try (PackagedUsher usher = PackagedUsher.bare(settings(), "migrate")) {
            assertThat(usher.awaitExit()).as(usher.output()).isZero();

            assertThat(usher.output()).contains("The schema is up to date").doesNotContain("\tat ", "Listening on");
        }

        assertThat(migrations()).isEqualTo(migrationFiles());
        assertThat(query("select email from users")).isEmpty();
    }

    @Test
    void changesNothingTheSecondTime() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (PackagedUsher usher = PackagedUsher.bare(settings(), "migrate")) {
                assertThat(usher.awaitExit()).as(usher.output()).isZero();
            }
        }

        assertThat(migrations()).isEqualTo(migrationFiles());
    }

    @Test
    void failsWhereTheDatabaseDoesNotAnswer() {
        Map<String, String> settings = settings();
        settings.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:1/usher");

        try (PackagedUsher usher = PackagedUsher.bare(settings, "migrate")) {
            assertThat(usher.awaitExit()).isEqualTo(1);
            assertThat(usher.output()).contains("127.0.0.1:1").doesNotContain("up to date");
        }
    }

    @Test
    void refusesArgumentsThatItDoesNotKnow() {
        try (PackagedUsher usher = PackagedUsher.bare(settings(), "migrat")) {
            assertThat(usher.awaitExit()).isEqualTo(1);
            assertThat(usher.output())
                    .contains("does not know the argument migrat")
                    .doesNotContain("\tat ");
        }
    }

    /** Those of a replica, which does not migrate itself. */
    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        database.forEach((name, value) -> settings.put(variable(name), value));
        settings.put("QUARKUS_FLYWAY_MIGRATE_AT_START", "false");
        settings.put("USHER_AUTH_KEYS_DIR", keys.toString());
        settings.put("USHER_ADMIN_EMAIL", PackagedUsher.ADMIN_EMAIL);
        settings.put("USHER_ADMIN_PASSWORD", PackagedUsher.ADMIN_PASSWORD);
        settings.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
        return settings;
    }

    private static String variable(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private List<String> migrations() throws SQLException {
        return query(
                "select regexp_replace(script, '.*/', '') from flyway_schema_history where success order by installed_rank");
    }

    private static List<String> migrationFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private List<String> query(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(
                        database.get("quarkus.datasource.jdbc.url"), "postgres", "postgres");
                var rows = connection.createStatement().executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
