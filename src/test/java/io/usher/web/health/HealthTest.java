package io.usher.web.health;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.usher.testing.RealServers;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Health and metrics, on the management port and nowhere else. */
@QuarkusTest
@WithTestResource(value = RealServers.class, scope = TestResourceScope.GLOBAL)
class HealthTest {
    private static ValidatableResponse management(String path) {
        int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class);
        return given().port(port).get(path).then();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health", "/q/health/live", "/q/health/ready", "/q/health/started", "/q/metrics"})
    void healthAndMetricsAreOnTheManagementPortOnly(String path) {
        management(path).statusCode(200);
        given().get(path).then().statusCode(404);
    }

    @Test
    void readinessNamesBothServers() {
        management("/q/health/ready")
                .body("status", equalTo("UP"))
                .body("checks.name", hasItems("PostgreSQL", "Redis"))
                .body("checks.find { it.name == 'Redis' }.data.state", equalTo("connected"));
    }

    @Test
    void withoutRedisItIsReadyAndSaysThatItIsDegraded() {
        RealServers.stopRedis();
        try {
            long start = System.nanoTime();
            management("/q/health/ready")
                    .statusCode(200)
                    .body("checks.find { it.name == 'Redis' }.data.state", equalTo("degraded"));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        } finally {
            RealServers.startRedis();
        }
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> management("/q/health/ready")
                .body("checks.find { it.name == 'Redis' }.data.state", equalTo("connected")));
    }

    @Test
    void withoutPostgresItIsNotReadyButAlive() {
        RealServers.stopPostgres();
        try {
            management("/q/health/ready").statusCode(503).body("status", equalTo("DOWN"));
            management("/q/health/live").statusCode(200);
            given().get("/api/test-web/sql?q=select 1")
                    .then()
                    .statusCode(503)
                    .body("code", equalTo("dependency_unavailable"));
        } finally {
            RealServers.startPostgresAgain();
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> management("/q/health/ready").statusCode(200));
    }

    @Test
    void metricsNameRoutesAndNotPaths() throws IOException {
        given().get("/api/test-web/typed/4711");
        given().get("/api/test-web/typed/xyzzy");
        given().get("/api/nothing/plugh");
        given().get("/plover");
        given().delete("/api/test-web/typed/4712");
        given().body(new byte[3 << 20]).post("/api/large/4713");
        sendAsItStands("GET /4714?a=%zz HTTP/1.1");
        given().get("/api/admin/users/4715");
        given().header("Authorization", "Bearer x").get("/api/users/4716");
        String metrics = management("/q/metrics").extract().asString();
        assertThat(metrics).contains("/api/test-web/typed/{number}");
        assertThat(metrics).contains("status=\"400\",uri=\"NO_ROUTE\"");
        assertThat(metrics).doesNotContainPattern("uri=\"[^\"]*(471\\d|xyzzy|plugh|plover)");
    }

    private static void sendAsItStands(String line) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
            socket.getOutputStream()
                    .write((line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        }
    }
}
