package io.usher.web.request;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.usher.testing.Http;
import io.usher.testing.NoLimits;
import io.usher.testing.OpenApi;
import io.usher.testing.PathTemplate;
import io.usher.testing.UsherTest;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** Every operation is measured under its own template, and nothing that clients make up becomes a label. */
@UsherTest
@TestProfile(NoLimits.class)
class RouteMetricsTest {
    private static final Pattern COUNT =
            Pattern.compile("^http_server_requests_seconds_count\\{(.*)} ", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final Set<String> BUCKETS =
            Set.of("0.005", "0.01", "0.025", "0.05", "0.1", "0.2", "0.5", "1.0", "2.5", "+Inf");

    @Test
    void everyOperationHasItsRoute() {
        List<OpenApi.Operation> operations =
                OpenApi.served(RestAssured.baseURI + ":" + RestAssured.port).operations();
        operations.forEach(RouteMetricsTest::call);

        Set<String> expected = operations.stream()
                .map(operation -> operation.method() + " " + operation.path())
                .collect(Collectors.toSet());
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(measured("method", "uri")).containsAll(expected));
        assertThat(expected).hasSizeGreaterThan(80);
    }

    @Test
    void whatClientsMakeUpIsNoLabel() throws IOException {
        List<String> madeUp = List.of(
                "GET /api/users/made-up-marker@example.com HTTP/1.1",
                "GET /api/made-up-marker HTTP/1.1",
                "POST /made-up-marker HTTP/1.1",
                "DELETE /api/users/x/made-up-marker HTTP/1.1",
                "MARKER /api/users HTTP/1.1",
                "OPTIONS /api/made-up-marker HTTP/1.1",
                "GET /api/users/%zzmade-up-marker HTTP/1.1",
                "GET /q/made-up-marker HTTP/1.1",
                "PUT /docs/made-up-marker HTTP/1.1");
        for (String line : madeUp) {
            send(line);
        }

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(measured("uri")).contains("NO_ROUTE"));
        assertThat(metrics()).doesNotContain("made-up-marker");
        assertThat(measured("method")).doesNotContain("MARKER");
    }

    @Test
    void timesAreCountedInAFewBuckets() {
        given().get("/api/auth/me").then().statusCode(401);

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                        Pattern.compile("http_server_requests_seconds_bucket\\{.*le=\"([^\"]*)\"")
                                .matcher(metrics())
                                .results()
                                .map(result -> result.group(1))
                                .collect(Collectors.toSet()))
                .isEqualTo(BUCKETS));
    }

    private static void call(OpenApi.Operation operation) {
        PathTemplate path = operation.path();
        Map<String, String> values = path.parameters().stream()
                .collect(Collectors.toMap(Function.identity(), name -> "0198c0de-0000-7000-8000-000000000000"));
        Http.Call call = Http.call(operation.method(), path.fill(values));
        boolean form = !operation
                .node()
                .at("/requestBody/content/application~1x-www-form-urlencoded")
                .isMissingNode();
        (form ? call.form(Map.of("token", "none")) : call).send();
    }

    private static Set<String> measured(String... labels) {
        return COUNT.matcher(metrics())
                .results()
                .map(sample -> labels(sample, labels))
                .collect(Collectors.toSet());
    }

    private static String labels(MatchResult sample, String... names) {
        Map<String, String> labels = LABEL.matcher(sample.group(1))
                .results()
                .collect(Collectors.toMap(label -> label.group(1), label -> label.group(2)));
        return List.of(names).stream().map(labels::get).collect(Collectors.joining(" "));
    }

    private static String metrics() {
        int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class);
        return given().port(port)
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static void send(String line) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            String request = line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        }
    }
}
