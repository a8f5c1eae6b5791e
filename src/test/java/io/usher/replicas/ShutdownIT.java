package io.usher.replicas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.response.Response;
import io.usher.testing.Given;
import io.usher.testing.RealServers;
import io.usher.testing.SigningKeys;
import io.usher.testing.TestUser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process of the package does between SIGTERM and its end. */
class ShutdownIT {
    private static final int DELAY_SECONDS = 4;
    private static final int LOGINS = 6;

    /** Without anything to wait for: well below the 30 seconds that requests in flight would get. */
    private static final Duration END = Duration.ofSeconds(DELAY_SECONDS + 15);

    @TempDir
    static Path keys;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void itIsNotReadyAnyMoreAndServesUntilItEnds() {
        RealServers.ensureStarted();
        SigningKeys.makeKey(keys);
        try (Replica replica = Replica.start(
                keys, Map.of("quarkus.shutdown.delay", DELAY_SECONDS + "S", "usher.auth.bcrypt-cost", "12"))) {
            String token = login(replica, Given.superAdmin().create()).path("token");
            CompletableFuture<HttpResponse<String>> stream = openStream(replica, token);
            List<CompletableFuture<Integer>> logins = IntStream.range(0, LOGINS)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> login(replica, Given.customer().create()).statusCode()))
                    .toList();

            replica.terminate();
            await().until(() -> replica.readiness().startsWith("503"));

            Response served = replica.as(token).get("/api/auth/me");
            assertThat(served.statusCode()).isEqualTo(200);
            assertThat(served.headers().getValues("Connection")).contains("close");
            assertThat(stream).succeedsWithin(END).satisfies(events -> {
                assertThat(events.statusCode()).isEqualTo(200);
                assertThat(events.body()).contains("data:");
            });
            assertThat(logins)
                    .allSatisfy(login -> assertThat(login).succeedsWithin(END).isEqualTo(200));
            assertThat(replica.awaitExit(END)).isEqualTo(143);
            assertThat(replica.output()).doesNotContain(" ERROR ", "Exception", "Timed out");
        }
    }

    private CompletableFuture<HttpResponse<String>> openStream(Replica replica, String token) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + replica.port() + "/api/admin/stats/stream"))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/event-stream")
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    private static Response login(Replica replica, TestUser user) {
        return replica.request()
                .body(Map.of("username", user.email(), "password", Given.PASSWORD))
                .post("/api/auth/login");
    }
}
