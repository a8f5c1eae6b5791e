package io.usher.bench;

import io.usher.local.EmbeddedServers;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** An embedded PostgreSQL and an embedded Redis, as durable as in production, with the memory and the WAL that a database of this size would be given. */
final class Servers implements AutoCloseable {
    private static final Duration RECOVERY = Duration.ofSeconds(120);

    /** What differs from PostgreSQL's defaults. */
    static final Map<String, String> POSTGRES = settings();

    private final Path home;
    private final EmbeddedPostgres postgres;
    private final String redis;

    private Servers(Path home, EmbeddedPostgres postgres, String redis) {
        this.home = home;
        this.postgres = postgres;
        this.redis = redis;
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("shared_buffers", "1GB");
        settings.put("max_wal_size", "4GB");
        settings.put("maintenance_work_mem", "256MB");
        settings.put("max_connections", "200");
        settings.put("random_page_cost", "1.1");
        settings.put("fsync", "on");
        settings.put("synchronous_commit", "on");
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("unix_socket_directories", "");
        return settings;
    }

    /** Starts both in the folder, which may hold the data of an earlier run. */
    static Servers start(Path folder) throws IOException {
        Path home = Files.createDirectories(folder).toRealPath();
        EmbeddedServers.stop(home);
        Files.deleteIfExists(home.resolve("postgres/postmaster.pid"));
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(home.resolve("postgres"))
                .setOverrideWorkingDirectory(
                        home.resolve("postgres-executables").toFile())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(RECOVERY)
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(
                        home.resolve("postgres.log").toFile()))
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setLocaleConfig("locale", "C");
        POSTGRES.forEach(builder::setServerConfig);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> EmbeddedServers.stop(home), "stop-servers"));
        return new Servers(home, builder.start(), EmbeddedServers.startRedis(home));
    }

    Path home() {
        return home;
    }

    String redis() {
        return redis;
    }

    /** A connection to the database {@code postgres}. */
    Connection admin() throws SQLException {
        return postgres.getPostgresDatabase().getConnection();
    }

    Database database(String name) {
        return new Database(name, postgres.getPort());
    }

    long postgresPid() throws IOException {
        return Long.parseLong(Files.readAllLines(home.resolve("postgres/postmaster.pid"))
                .get(0)
                .strip());
    }

    long redisPid() throws IOException {
        return Long.parseLong(Files.readString(home.resolve("redis/redis.pid")).strip());
    }

    @Override
    public void close() {
        EmbeddedServers.stop(home);
    }
}
