package io.usher.web.request;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.usher.testing.RealServers;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every request, wherever it goes. */
@QuarkusTest
@WithTestResource(value = RealServers.class, scope = TestResourceScope.GLOBAL)
class RequestsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/docs",
                "/q/openapi",
                "/q/swagger-ui/",
                "/problems/not_found",
                "/nothing",
                "/api/test-web/view"
            })
    void everyResponseHasARequestIdAndTheSecurityHeaders(String path) {
        given().redirects()
                .follow(false)
                .get(path)
                .then()
                .header("X-Request-Id", matchesPattern("[0-9a-f]{32}"))
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "no-referrer")
                .header("Permissions-Policy", notNullValue())
                .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
                .header("Strict-Transport-Security", nullValue());
    }

    @Test
    void theClientsRequestIdIsTakenOverWhereItIsWellFormed() {
        given().header("X-Request-Id", "a.B-3_x")
                .get("/nothing")
                .then()
                .header("X-Request-Id", "a.B-3_x")
                .body("requestId", equalTo("a.B-3_x"));
        for (String bad : new String[] {"", "a b", "x".repeat(65), "ü", "a;b", "<x>"}) {
            given().header("X-Request-Id", bad)
                    .get("/nothing")
                    .then()
                    .header("X-Request-Id", matchesPattern("[0-9a-f]{32}"));
        }
    }

    @Test
    void nothingOfTheApiStaysInACache() {
        given().get("/api/test-web/view").then().header("Cache-Control", "no-store");
        given().get("/api/nothing").then().header("Cache-Control", "no-store");
        given().get("/api/test-web/tagged").then().header("Cache-Control", "private, no-cache");
    }

    @Test
    void viewsHaveTimesInMillisecondsAndAllTheirProperties() {
        assertThat(given().get("/api/test-web/view").asString())
                .isEqualTo("{\"at\":\"2026-11-20T20:15:30.000Z\",\"absent\":null}");
    }

    @ParameterizedTest
    @CsvSource({
        "api.example.com, /test-web/echo/a, a",
        "API.localhost:8080, /test-web/echo/a, a",
        "api.x, /api/test-web/echo/a, a",
        "api.x, /test-web/echo/a%2Fb%20c, a/b c",
        "api.x, /test-web/./echo/x/../a, a",
        "api.x, //test-web/echo/a, a",
        "localhost, /api/test-web/echo/a, a"
    })
    void theApiHostIsServedFromApi(String host, String path, String rest) throws IOException {
        assertThat(send("GET " + path + "?q=1%202&r HTTP/1.1", host))
                .startsWith("HTTP/1.1 200")
                .contains("\"rest\":\"" + rest + "\"", "q=1%202&r");
    }

    @ParameterizedTest
    @CsvSource({
        "api.x, /q/openapi, 200",
        "api.x, /%71/openapi, 200",
        "api.x, /problems/not_found, 200",
        "api.x, /apiary, 404",
        "api.x, /docs, 302",
        "api.x, /, 302",
        "api, /test-web/view, 404",
        "apix.com, /test-web/view, 404",
        "www.api.com, /test-web/view, 404"
    })
    void whatHasItsPlaceAtTheRootKeepsIt(String host, String path, int status) throws IOException {
        assertThat(send("GET " + path + " HTTP/1.1", host)).startsWith("HTTP/1.1 " + status);
    }

    @Test
    void aMappedRequestThatFailsHasItsIdOnce() throws IOException {
        String answer = send("GET /nothing HTTP/1.1", "api.x");
        assertThat(answer.split("(?i)x-request-id:")).hasSize(2);
        assertThat(answer).contains("application/problem+json");
    }

    @Test
    void everyLogLineOfARequestHasItsId() {
        List<String> ids = new CopyOnWriteArrayList<>();
        Handler handler = new IdCollector(ids);
        Logger logger = Logger.getLogger("io.usher.web.TestResource");
        logger.addHandler(handler);
        try {
            given().header("X-Request-Id", "logged-1")
                    .get("/api/test-web/logged")
                    .then()
                    .statusCode(200);
            given().header("X-Request-Id", "logged-2")
                    .get("/api/test-web/logged")
                    .then()
                    .statusCode(200);
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(ids).containsExactly("logged-1", "logged-2");
    }

    @Test
    void theAccessLogHasOneSafeLineForEachRequest() throws IOException {
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler handler = new LineCollector(lines);
        Logger logger = Logger.getLogger("io.usher.access");
        Level before = logger.getLevel();
        logger.setLevel(Level.INFO);
        logger.addHandler(handler);
        try {
            given().header("X-Request-Id", "seen")
                    .get("/api/test-web/page?limit=7")
                    .then()
                    .statusCode(200);
            send("GET /api/nothing%0d%0aINFO HTTP/1.1", "localhost");
            given().port(ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class))
                    .get("/q/health/live")
                    .then()
                    .statusCode(200)
                    .header("X-Request-Id", notNullValue());
        } finally {
            logger.removeHandler(handler);
            logger.setLevel(before);
        }
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).matches("GET /api/test-web/page 200 [0-9]+ms");
        assertThat(lines.get(1)).matches("GET NO_ROUTE 404 [0-9]+ms");
    }

    @Test
    void anotherSiteGetsNoPermissionByDefault() {
        given().header("Origin", "https://other.example")
                .get("/api/test-web/view")
                .then()
                .header("Access-Control-Allow-Origin", nullValue());
    }

    @Test
    void aChunkedBodyThatIsTooLargeIsRefused() throws IOException {
        String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
        String head =
                "POST /api/test-web/body HTTP/1.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked";
        assertThat(send(head, "localhost", chunk.repeat(40) + "0\r\n\r\n"))
                .startsWith("HTTP/1.1 413")
                .contains("payload_too_large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/test-web/view?a=%zz HTTP/1.1",
                "GET /api/test-web/echo/%zz HTTP/1.1",
                "GET /api/%c0%ae HTTP/1.1",
                "GET /%00 HTTP/1.1"
            })
    void whatCannotBeDecodedIsAClientsFault(String line) throws IOException {
        assertThat(send(line, "localhost")).matches("(?s)HTTP/1.1 (400|404).*").contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /api/\u0001 HTTP/1.1", "nonsense"})
    void whatIsNotHttpIsRefused(String line) throws IOException {
        assertThat(send(line, "localhost")).matches("(?s)HTTP/1.. (4..|501|505).*");
    }

    @Test
    void tooLongAddressesAndHeadersAreRefused() throws IOException {
        assertThat(send("GET /api/" + "a".repeat(9000) + " HTTP/1.1", "localhost"))
                .contains(" 414 ");
        assertThat(send("GET / HTTP/1.1\r\nX: " + "a".repeat(20000), "localhost"))
                .contains(" 431 ");
    }

    private static String send(String head, String host) throws IOException {
        return send(head, host, "");
    }

    /** As it stands, byte for byte: clients would put the path in order. */
    private static String send(String head, String host, String body) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            String request = head + "\r\nHost: " + host + "\r\nConnection: close\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static final class IdCollector extends Handler {
        private final List<String> ids;

        IdCollector(List<String> ids) {
            this.ids = ids;
        }

        @Override
        public void publish(LogRecord record) {
            ids.add(String.valueOf(ExtLogRecord.wrap(record).getMdc("requestId")));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private static final class LineCollector extends Handler {
        private final List<String> lines;

        LineCollector(List<String> lines) {
            this.lines = lines;
        }

        @Override
        public void publish(LogRecord record) {
            lines.add(new PatternFormatter("%s").format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
