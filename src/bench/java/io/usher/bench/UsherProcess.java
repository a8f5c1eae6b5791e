package io.usher.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The package as a process of its own, set up as in production: bcrypt's real cost, the access log on (into a file), the limiter on with limits that
 * one machine does not reach.
 */
final class UsherProcess implements AutoCloseable {
    /** What differs from the service's defaults, besides addresses. */
    static final Map<String, String> SETTINGS = Map.of(
            "usher.rate-limit.api", "1000000/1s",
            "usher.rate-limit.refresh", "1000000/1s",
            "usher.rate-limit.sensitive", "1000000/1s",
            "usher.rate-limit.sensitive-per-ip", "1000000/1s",
            "usher.quota.defaults.image", "daily:1000000000",
            "usher.public-url", SigningFolder.ISSUER);

    private static final int MOST_COMPLAINTS = 5;
    private static final Pattern COMPLAINT =
            Pattern.compile("\"loggerName\":\"([^\"]*)\",\"level\":\"(WARN|ERROR)\",\"message\":\"([^\"]{0,120})");
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Process process;
    private final Path log;
    private final int port;
    private final Duration untilReady;

    private UsherProcess(Process process, Path log, int port, Duration untilReady) {
        this.process = process;
        this.log = log;
        this.port = port;
        this.untilReady = untilReady;
    }

    /** Starts it on a database, whose schema it brings up to date, and waits until it is ready. */
    static UsherProcess start(Settings settings, Servers servers, Path keys, Database database, String heap)
            throws IOException {
        int port = freePort();
        int management = freePort();
        Path log = servers.home().resolve(database.name() + ".log");
        ProcessBuilder builder = new ProcessBuilder(
                settings.javaHome().resolve("bin/java").toString(),
                "-Xmx" + heap,
                "-jar",
                settings.servicePackage().toString());
        builder.environment().keySet().removeIf(name -> name.startsWith("QUARKUS_") || name.startsWith("USHER_"));
        environment(servers, keys, database, port, management).forEach((name, value) -> builder.environment()
                .put(name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT), value));
        Files.deleteIfExists(log);
        long began = System.nanoTime();
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        awaitReady(process, management, log);
        return new UsherProcess(process, log, port, Duration.ofNanos(System.nanoTime() - began));
    }

    private static Map<String, String> environment(
            Servers servers, Path keys, Database database, int port, int management) {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        // Connections stay between the turns of a long warm-up.
        settings.put("quarkus.http.idle-timeout", "10M");
        settings.put("quarkus.http.host", "127.0.0.1");
        settings.put("quarkus.http.port", Integer.toString(port));
        settings.put("quarkus.management.port", Integer.toString(management));
        settings.put("quarkus.management.host", "127.0.0.1");
        settings.put("quarkus.datasource.reactive.url", database.address());
        settings.put("quarkus.datasource.jdbc.url", "jdbc:" + database.address());
        settings.put("quarkus.datasource.username", Database.USER);
        settings.put("quarkus.datasource.password", Database.USER);
        settings.put("quarkus.redis.hosts", servers.redis());
        settings.put("usher.auth.keys-dir", keys.toString());
        return settings;
    }

    private static void awaitReady(Process process, int management, Path log) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady(management)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IOException("The service did not start: " + Files.readString(log));
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static boolean isReady(int management) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create("http://127.0.0.1:" + management + "/q/health/ready")
                            .toURL()
                            .openConnection();
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** From the start of the process until it said that it was ready. */
    Duration untilReady() {
        return untilReady;
    }

    /** MiB; {@code VmRSS} now, {@code VmHWM} at most so far. */
    OptionalLong memory(String which) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid()), "status"))) {
            return lines.filter(line -> line.startsWith(which))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** Takes the warnings and errors out of the log, each with how often it was there, and empties it: a line a request fills disks. */
    List<String> complaints() throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            Map<String, Long> counts = lines.map(COMPLAINT::matcher)
                    .filter(Matcher::find)
                    .collect(Collectors.groupingBy(
                            found -> found.group(2) + " " + found.group(1) + ": " + found.group(3),
                            TreeMap::new,
                            Collectors.counting()));
            return counts.entrySet().stream()
                    .limit(MOST_COMPLAINTS)
                    .map(complaint -> complaint.getValue() + " × in the service's log: " + complaint.getKey())
                    .toList();
        } finally {
            FileChannel.open(log, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)
                    .close();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
