package io.usher.replicas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.usher.testing.Given;
import io.usher.testing.RealServers;
import io.usher.testing.SigningKeys;
import io.usher.testing.TestUser;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process in production tells in its log and its traces of the requests that it gets, and what it never tells. */
class WhatIsToldIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    static Path keys;

    private static TraceReceiver traces;
    private static Replica usher;

    @BeforeAll
    static void start() {
        RealServers.ensureStarted();
        SigningKeys.makeKey(keys);
        traces = new TraceReceiver();
        usher = Replica.start(
                keys, Map.of("usher.traces-endpoint", traces.endpoint(), "quarkus.otel.bsp.schedule.delay", "200ms"));
    }

    @AfterAll
    static void stop() {
        if (usher != null) {
            usher.close();
        }
        traces.close();
    }

    @Test
    void aRequestIsALineWithItsFields() {
        TestUser user = Given.customer().create();
        String token = login(user);
        usher.as(token)
                .header("X-Request-Id", "fields-1")
                .get(user.path(""))
                .then()
                .statusCode(200);
        usher.as(token)
                .header("X-Request-Id", "fields-2")
                .get(user.path("") + "?q=secret-needle")
                .then()
                .statusCode(400);

        JsonNode line = accessLine("fields-1");
        assertThat(line.path("level").asText()).isEqualTo("INFO");
        assertThat(line.at("/mdc/method").asText()).isEqualTo("GET");
        assertThat(line.at("/mdc/route").asText()).isEqualTo("/api/users/{userId}");
        assertThat(line.at("/mdc/status").asText()).isEqualTo("200");
        assertThat(line.at("/mdc/durationMs").asText()).matches("[0-9]+");
        assertThat(line.at("/mdc/userId").asText()).isEqualTo(user.id().toString());
        assertThat(line.at("/mdc/target").asText()).isEqualTo(user.id().toString());
        assertThat(line.at("/mdc/traceId").asText()).hasSize(32);
        assertThat(accessLine("fields-2").toString()).doesNotContain("secret-needle");
    }

    @Test
    void everyLineOfARequestHasItsId() {
        usher.request()
                .header("X-Request-Id", "refused-1")
                .body(Map.of("username", "nobody@example.com", "password", "Wrong-Horse-77"))
                .post("/api/auth/login")
                .then()
                .statusCode(401);

        accessLine("refused-1");
        assertThat(lines())
                .filteredOn(line -> line.path("message").asText().startsWith("Sign-in refused"))
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(line.at("/mdc/requestId").asText()).isNotEmpty());
        assertThat(lines())
                .filteredOn(line -> line.at("/mdc/requestId").asText().equals("refused-1"))
                .extracting(line -> line.path("loggerName").asText())
                .contains("io.usher.access")
                .anyMatch(logger -> logger.startsWith("io.usher.auth"));
    }

    @Test
    void nothingThatAClientSendsBreaksOrForgesALine() throws IOException {
        String forged = "{%22level%22:%22ERROR%22,%22message%22:%22forged-marker%22}";
        send("GET /api/users/x%0d%0a" + forged + " HTTP/1.1", "X-Request-Id: forged%0aid");
        send("GET /api/users/%1b[31mred-marker HTTP/1.1", "User-Agent: {\"message\":\"agent-marker\"}");
        send("GET /api/" + "long-marker".repeat(500) + " HTTP/1.1", "X-Request-Id: " + "y".repeat(300));
        send("FORGED-MARKER /api/users HTTP/1.1", "X-Request-Id: last-of-them");
        send("GET /api/users/\u001b[0m\nraw-marker HTTP/1.1", "X-Request-Id: never");
        usher.request()
                .header("X-Request-Id", "bad-body")
                .body("{\"username\":\"body-marker\\r\\n\\u001b[31m\"")
                .post("/api/auth/login");

        accessLine("last-of-them");
        accessLine("bad-body");
        assertThat(usher.output())
                .doesNotContain("marker", "MARKER", "\u001b", "yyyy")
                .doesNotContain("forged");
        assertThat(accessLine("last-of-them").at("/mdc/method").asText()).isEqualTo("OTHER");
    }

    @Test
    void neitherTheLogNorTheTracesTellWhoSomebodyIsOrASecret() {
        TestUser user = Given.customer().create();
        String token = login(user);
        String v1Id = usher.as(token)
                .get(user.path(""))
                .then()
                .statusCode(200)
                .extract()
                .path("v1Id");
        usher.as(token)
                .header("User-Agent", "agent-of-somebody")
                .header("X-Forwarded-For", "203.0.113.77")
                .get("/api/users/" + v1Id);
        usher.as(token).get("/api/users/" + user.email());
        usher.as(token).get("/api/users?q=" + user.email());
        usher.as(token)
                .body(Map.of("type", "image", "prompt", "a-very-private-prompt"))
                .post("/api/generations");
        usher.request().body(Map.of("email", user.email())).post("/api/auth/forgot-password");
        usher.as(token)
                .header("X-Request-Id", "told-last")
                .get(user.path(""))
                .then()
                .statusCode(200);

        accessLine("told-last");
        await().atMost(SOON).until(() -> span("told-last").isPresent());
        for (String told : List.of(usher.output(), traces.everything())) {
            assertThat(told)
                    .doesNotContain(user.email(), v1Id, token, Given.PASSWORD)
                    .doesNotContain("a-very-private-prompt", "agent-of-somebody", "203.0.113.77");
        }
    }

    @Test
    void aRequestIsATraceDownToItsStatements() {
        TestUser user = Given.customer().create();
        String token = login(user);
        usher.as(token)
                .header("X-Request-Id", "traced-1")
                .get(user.path(""))
                .then()
                .statusCode(200);

        await().atMost(SOON).until(() -> span("traced-1").isPresent());
        TraceReceiver.Span span = span("traced-1").orElseThrow();
        assertThat(span.name()).isEqualTo("GET /api/users/{userId}");
        assertThat(span.kind()).isEqualTo(2);
        assertThat(span.attributes())
                .containsEntry("http.route", "/api/users/{userId}")
                .containsEntry("http.response.status_code", "200")
                .containsEntry("url.path", "-");
        await().atMost(SOON).untilAsserted(() -> assertThat(traces.spans())
                .extracting(one -> one.attributes().get("db.system"))
                .contains("postgres", "redis"));
        assertThat(traces.spans()).allSatisfy(one -> assertThat(one.events()).isZero());
    }

    @Test
    void theLogIsNothingButJson() {
        String[] lines = usher.output().split("\n");

        assertThat(lines).isNotEmpty().allMatch(line -> line.startsWith("{\"timestamp\":") && line.endsWith("}"));
    }

    private static String login(TestUser user) {
        return usher.request()
                .body(Map.of("username", user.email(), "password", Given.PASSWORD))
                .post("/api/auth/login")
                .then()
                .statusCode(200)
                .extract()
                .path("token");
    }

    private static JsonNode accessLine(String requestId) {
        return await().atMost(SOON)
                .until(
                        () -> lines().stream()
                                .filter(line -> line.path("loggerName").asText().equals("io.usher.access"))
                                .filter(line ->
                                        line.at("/mdc/requestId").asText().equals(requestId))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static Optional<TraceReceiver.Span> span(String requestId) {
        return traces.spans().stream()
                .filter(span -> requestId.equals(span.attributes().get("usher.request.id")))
                .findFirst();
    }

    private static List<JsonNode> lines() {
        return usher.output().lines().map(WhatIsToldIT::json).toList();
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("No JSON: " + line, e);
        }
    }

    /** As it stands, for what no client's library would send. */
    private static void send(String requestLine, String header) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", usher.port())) {
            String request = requestLine + "\r\nHost: localhost\r\n" + header + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getInputStream().readAllBytes();
        }
    }
}
