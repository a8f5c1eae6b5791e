package io.usher.local;

import io.usher.config.StartRefusedException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Local mode's PostgreSQL: executables, data and log in the data folder, reachable from this machine only. */
final class LocalPostgres {
    private static final String NAME = "usher";
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    private final Path data;
    private final Path unfinished;
    private final Path log;
    private final Path executables;

    private LocalPostgres(Path home) {
        this.data = home.resolve("postgres");
        this.unfinished = home.resolve("postgres.unfinished");
        this.log = home.resolve("postgres.log");
        this.executables = home.resolve("postgres-executables");
    }

    /** Starts it and answers the properties that lead Quarkus to it. */
    static Map<String, String> start(Path home) {
        LocalPostgres postgres = new LocalPostgres(home);
        try {
            return postgres.start();
        } catch (IOException | SQLException | RuntimeException | ExceptionInInitializerError e) {
            throw LocalMode.failed("PostgreSQL", postgres.log, e);
        }
    }

    private Map<String, String> start() throws IOException, SQLException {
        boolean fresh = prepareFolder();
        EmbeddedPostgres server = builder().start();
        if (fresh) {
            createDatabase(server);
            Files.delete(unfinished);
        }
        String address = "postgresql://127.0.0.1:" + server.getPort() + "/" + NAME;
        return Map.of(
                "quarkus.datasource.reactive.url", address,
                "quarkus.datasource.jdbc.url", "jdbc:" + address,
                "quarkus.datasource.username", NAME,
                "quarkus.datasource.password", NAME);
    }

    /** Whether there is no database yet. One that a process was killed over while making it is thrown away: nobody has used it. */
    private boolean prepareFolder() throws IOException {
        Files.deleteIfExists(log);
        if (Files.exists(unfinished)) {
            delete(data);
        }
        if (Files.exists(data)) {
            // no server of this folder runs any more, so the file's process id can only be somebody else's by now
            Files.deleteIfExists(data.resolve("postmaster.pid"));
            return false;
        }
        Files.writeString(unfinished, "");
        return true;
    }

    private EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setOverrideWorkingDirectory(executables.toFile())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(RECOVERY)
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setLocaleConfig("locale", "C")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", "100")
                .setServerConfig("shared_buffers", "128MB")
                .setServerConfig("wal_buffers", "64MB")
                .setServerConfig("wal_writer_flush_after", "16MB")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on");
    }

    private static void createDatabase(EmbeddedPostgres server) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : List.of(
                    "create role " + NAME + " login password '" + NAME + "'",
                    "create database " + NAME + " owner " + NAME)) {
                statement.execute(sql);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<File> files;
        try (Stream<Path> paths = Files.walk(folder)) {
            files = paths.sorted(Comparator.reverseOrder()).map(Path::toFile).toList();
        }
        for (File file : files) {
            if (!file.delete()) {
                throw new StartRefusedException("The unfinished database " + file + " cannot be deleted.");
            }
        }
    }
}
