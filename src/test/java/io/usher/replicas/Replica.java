package io.usher.replicas;

import static org.awaitility.Awaitility.await;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.usher.testing.RealServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** One of several processes of the package on the same PostgreSQL and Redis, set up as in production. */
final class Replica implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final Process process;
    private final Path output;
    private final int port;
    private final int managementPort;

    private Replica(Process process, Path output, int port, int managementPort) {
        this.process = process;
        this.output = output;
        this.port = port;
        this.managementPort = managementPort;
    }

    static Replica start(Path keys) {
        return start(keys, Map.of());
    }

    /** With settings that go before the usual ones. */
    static Replica start(Path keys, Map<String, String> more) {
        return start(keys, more, Map.of());
    }

    /** And with variables of the environment that are no settings. */
    static Replica start(Path keys, Map<String, String> more, Map<String, String> environment) {
        int port = RealServers.freePort();
        int managementPort = RealServers.freePort();
        Map<String, String> settings = new HashMap<>(RealServers.settings());
        settings.put("quarkus.http.host", "127.0.0.1");
        settings.put("quarkus.http.port", Integer.toString(port));
        settings.put("quarkus.management.port", Integer.toString(managementPort));
        settings.put("usher.auth.keys-dir", keys.toString());
        settings.put("usher.auth.bcrypt-cost", "10");
        settings.put("usher.quota.defaults.audio", "weekly:7");
        settings.put("quarkus.shutdown.delay", "0S");
        settings.putAll(more);
        try {
            Path output = Files.createTempFile(Path.of("target"), "replica-", ".log");
            ProcessBuilder builder = command(settings).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            return new Replica(process, output, port, managementPort).awaitReady();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProcessBuilder command(Map<String, String> settings) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-Xmx384m"));
        Stream.of(System.getProperty("usher.package.jvm", "").split(" "))
                .filter(flag -> !flag.isEmpty())
                .forEach(command::add);
        command.addAll(List.of("-jar", System.getProperty("usher.package")));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("QUARKUS_") || name.startsWith("USHER_"));
        settings.forEach((name, value) ->
                builder.environment().put(name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT), value));
        return builder;
    }

    private Replica awaitReady() {
        try {
            awaitEndOrReady();
        } catch (ConditionTimeoutException e) {
            kill();
            throw new IllegalStateException("It did not become ready: " + output(), e);
        }
        if (!process.isAlive()) {
            throw new IllegalStateException("It ended: " + output());
        }
        return this;
    }

    private void awaitEndOrReady() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .ignoreExceptions()
                .until(() -> !process.isAlive() || readiness().contains("UP"));
    }

    int port() {
        return port;
    }

    /** A request with JSON, in nobody's name. */
    RequestSpecification request() {
        return RestAssured.given()
                .baseUri("http://127.0.0.1:" + port)
                .contentType(ContentType.JSON)
                .accept(ContentType.JSON);
    }

    RequestSpecification as(String token) {
        return request().header("Authorization", "Bearer " + token);
    }

    /** What the readiness check says, with its status in front. */
    String readiness() {
        var response = RestAssured.given()
                .baseUri("http://127.0.0.1:" + managementPort)
                .get("/q/health/ready");
        return response.statusCode() + " " + response.asString();
    }

    /** Ends it in the middle of whatever it is doing, as a power cut would. */
    void kill() {
        process.destroyForcibly();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGTERM: asks it to stop, and does not wait. */
    void terminate() {
        process.destroy();
    }

    /** Waits for its end; answers the exit code. */
    int awaitExit(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("It still runs: " + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    int managementPort() {
        return managementPort;
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
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
