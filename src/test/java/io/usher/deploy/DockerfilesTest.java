package io.usher.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.usher.testing.RealServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said of the images without building them. */
class DockerfilesTest {
    private static final Path HEALTH = Yaml.DEPLOY.resolve("docker/health.sh");

    @ParameterizedTest
    @ValueSource(strings = {"jvm", "native"})
    void theLastStageRunsAsNobodyInParticularAndIsLabelledAndChecked(String kind) {
        List<String> image = lastStage(kind);

        assertThat(image)
                .contains("USER 1001:1001", "EXPOSE " + Application.HTTP_PORT + " " + Application.MANAGEMENT_PORT);
        assertThat(image).anyMatch(line -> line.startsWith("HEALTHCHECK ") && line.contains("/opt/health.sh"));
        assertThat(String.join("\n", image))
                .contains("org.opencontainers.image.title", "org.opencontainers.image.version", "ENTRYPOINT [\"/opt/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jvm", "native"})
    void everyBaseImageHasAVersion(String kind) {
        assertThat(dockerfile(kind).filter(line -> line.startsWith("FROM ")))
                .hasSize(2)
                .allMatch(line -> line.matches("FROM [a-z0-9.]+/[a-z0-9./-]+:[a-z0-9.-]*\\d[a-z0-9.-]*( AS build)?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jvm", "native"})
    void theEmbeddedServersStayOut(String kind) {
        assertThat(dockerfile(kind)).anyMatch(line -> line.contains("./mvnw") && line.contains(" -Dimage "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jvm", "native"})
    void whatIsCopiedIsThereAndSent(String kind) {
        String sent = Yaml.read(Path.of(".dockerignore"));

        assertThat(dockerfile(kind)
                        .filter(line -> line.startsWith("COPY ") && !line.contains("--from="))
                        .flatMap(DockerfilesTest::sources))
                .isNotEmpty()
                .allSatisfy(source -> {
                    assertThat(Path.of(source)).exists();
                    assertThat(sent).contains("!" + source);
                });
    }

    @ParameterizedTest
    @CsvSource({"200, 0", "503, 1"})
    void theHealthCheckBelievesTheStatus(int status, int exitCode) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/q/health/ready", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        try {
            assertThat(check(server.getAddress().getPort())).isEqualTo(exitCode);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void theHealthCheckFailsWhereNobodyListens() throws Exception {
        assertThat(check(RealServers.freePort())).isEqualTo(1);
    }

    private static int check(int port) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", HEALTH.toString(), "ready");
        builder.environment().put("QUARKUS_MANAGEMENT_PORT", Integer.toString(port));
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static Stream<String> dockerfile(String kind) {
        String text = Yaml.read(Yaml.DEPLOY.resolve("docker/Dockerfile." + kind));
        return text.replaceAll("\\\\\\n\\s*", "").lines().filter(line -> !line.startsWith("#"));
    }

    private static List<String> lastStage(String kind) {
        List<String> lines = dockerfile(kind).toList();
        int last = lines.stream()
                .filter(line -> line.startsWith("FROM "))
                .mapToInt(lines::indexOf)
                .max()
                .orElseThrow();
        return lines.subList(last, lines.size());
    }

    private static Stream<String> sources(String copy) {
        List<String> words = Stream.of(copy.split(" "))
                .skip(1)
                .filter(word -> !word.startsWith("--"))
                .toList();
        return words.subList(0, words.size() - 1).stream();
    }
}
