package io.usher.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.usher.testing.RealServers;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The package, run as a process of its own, the way a user runs it. */
final class PackagedUsher implements AutoCloseable {
    static final String ADMIN_EMAIL = "root@example.com";
    static final String ADMIN_PASSWORD = "Quiet-Lantern-58";

    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final Path output;
    private final Path data;
    private final int port;
    private final int managementPort;

    private PackagedUsher(Process process, Path output, Path data, int port, int managementPort) {
        this.process = process;
        this.output = output;
        this.data = data;
        this.port = port;
        this.managementPort = managementPort;
    }

    /** Starts it in local mode with a given admin, and returns when it says that it runs. */
    static PackagedUsher local(Path data) {
        return launch(data, Map.of("USHER_ADMIN_EMAIL", ADMIN_EMAIL, "USHER_ADMIN_PASSWORD", ADMIN_PASSWORD))
                .awaitRunning();
    }

    /** Starts it in local mode, with more variables, and does not wait. */
    static PackagedUsher launch(Path data, Map<String, String> more) {
        int port = RealServers.freePort();
        int managementPort = RealServers.freePort();
        Map<String, String> local = Map.of(
                "QUARKUS_PROFILE",
                "local",
                "QUARKUS_HTTP_PORT",
                Integer.toString(port),
                "QUARKUS_MANAGEMENT_PORT",
                Integer.toString(managementPort),
                "USHER_LOCAL_DATA_DIR",
                data.toString(),
                "USHER_AUTH_BCRYPT_COST",
                "4",
                "USHER_RATE_LIMIT_ENABLED",
                "false");
        ProcessBuilder builder = process();
        builder.environment().putAll(local);
        builder.environment().putAll(more);
        return start(builder, data, port, managementPort);
    }

    /** Starts it without a single setting but the given ones, with arguments of the program. */
    static PackagedUsher bare(Map<String, String> environment, String... arguments) {
        ProcessBuilder builder = process();
        builder.command().addAll(List.of(arguments));
        builder.environment().putAll(environment);
        return start(builder, Path.of("."), 0, 0);
    }

    private static ProcessBuilder process() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-Xmx512m"));
        String flags =
                System.getProperty("usher.package.agent", "") + " " + System.getProperty("usher.package.jvm", "");
        Stream.of(flags.split(" ")).filter(flag -> flag.startsWith("-")).forEach(command::add);
        command.addAll(List.of("-jar", System.getProperty("usher.package")));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("QUARKUS_") || name.startsWith("USHER_"));
        return builder;
    }

    private static PackagedUsher start(ProcessBuilder builder, Path data, int port, int managementPort) {
        try {
            Path output = Files.createTempFile(Path.of("target"), "package-", ".log");
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new PackagedUsher(process, output, data, port, managementPort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PackagedUsher awaitRunning() {
        await().atMost(PATIENCE).until(() -> !process.isAlive() || output().contains("Usher runs in local mode."));
        assertThat(process.isAlive()).as(output()).isTrue();
        return this;
    }

    /** Waits for its end and answers the exit code. */
    int awaitExit() {
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("ended: " + output())
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGTERM. */
    int terminate() {
        process.destroy();
        return awaitExit();
    }

    /** SIGKILL: the servers are left behind. */
    void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .build());
    }

    HttpResponse<String> getManagement(String path) {
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + path))
                .build());
    }

    HttpResponse<String> login(String username, String password) {
        String body = "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, password);
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/auth/login"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** A request with a token and, where there is one, a body. */
    HttpResponse<String> send(String method, String path, String token, @Nullable JsonObject body) {
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.encode()))
                .build());
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A connection to its PostgreSQL, whose port stands in the server's own file. */
    Connection database() throws SQLException, IOException {
        String port =
                Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(3);
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/usher", "usher", "usher");
    }

    /** The server processes whose executables lie in the data folder. */
    List<ProcessHandle> servers() {
        try {
            Path home = data.toRealPath();
            return ProcessHandle.allProcesses()
                    .filter(server -> server.info()
                            .command()
                            .filter(command -> command.startsWith(home.toString()))
                            .isPresent())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            terminate();
        }
        servers().forEach(ProcessHandle::destroyForcibly);
    }
}
