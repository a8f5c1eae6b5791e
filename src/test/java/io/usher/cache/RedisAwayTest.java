package io.usher.cache;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.usher.problem.ProblemException;
import io.usher.ratelimit.RateLimiter;
import io.usher.security.Fixtures;
import io.usher.security.SessionService;
import io.usher.security.SessionService.Tokens;
import io.usher.testing.LogCapture;
import io.usher.testing.Parallel;
import io.usher.testing.RealServers;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealServers.class)
class RedisAwayTest {
    @Inject
    RedisGateway gateway;

    @Inject
    UserCache cache;

    @Inject
    SessionService sessions;

    @Inject
    RateLimiter limiter;

    @Inject
    RedisDataSource redis;

    @Inject
    Fixtures fixtures;

    private UUID user;
    private Tokens tokens;
    private boolean stopped;

    @BeforeEach
    void signIn() {
        user = fixtures.user();
        tokens = fixtures.login(user);
        await().atMost(Duration.ofSeconds(10)).until(gateway::isTrusted);
        assertThat(status()).isEqualTo(200);
    }

    @AfterEach
    void leaveRedisRunning() {
        if (stopped) {
            start();
        }
        await().atMost(Duration.ofSeconds(15)).until(gateway::isTrusted);
    }

    /** As after its restart: every request of a turn of the loop is refused, and asked again. */
    @Test
    void scriptsThatRedisForgotAreTaughtAgainUnderManyRequests() {
        try (LogCapture log = new LogCapture()) {
            for (int round = 0; round < 5; round++) {
                redis.execute("SCRIPT", "FLUSH");

                assertThat(Parallel.times(32, 16, i -> status())).containsOnly(200);
            }
            assertThat(log.lines()).isEmpty();
        }
        assertThat(gateway.isAvailable()).isTrue();
    }

    private int status() {
        return given().header("Authorization", "Bearer " + tokens.accessToken())
                .get("/api/test/caller")
                .statusCode();
    }

    private String generation() {
        return given().header("Authorization", "Bearer " + tokens.accessToken())
                .get("/api/test/caller")
                .jsonPath()
                .getString("generation");
    }

    private void stop() {
        RealServers.stopRedis();
        stopped = true;
    }

    private void start() {
        RealServers.startRedis();
        stopped = false;
    }

    @Test
    void servesFromPostgresAndComesBackByItself() {
        try (LogCapture log = new LogCapture()) {
            stop();
            IntStream.range(0, 30).forEach(i -> assertThat(status()).isEqualTo(200));
            assertThat(gateway.isAvailable()).isFalse();
            assertThat(generation()).isEqualTo("null");
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("Redis is away"))
                    .hasSize(1);
        }
        start();
        await().atMost(Duration.ofSeconds(5)).until(gateway::isAvailable);
        assertThat(status()).isEqualTo(200);
        assertThat(generation()).isNotEqualTo("null");
    }

    @Test
    void doesNotMakeRequestsWait() {
        stop();
        IntStream.range(0, 5).forEach(i -> status());
        long start = System.nanoTime();
        IntStream.range(0, 50).forEach(i -> status());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void endsSessionsWhileRedisIsAway() {
        stop();
        assertThat(status()).isEqualTo(200);
        fixtures.run(() -> cache.change(user, () -> sessions.endAll(user, null)));
        assertThat(status()).isEqualTo(401);
        start();
        await().atMost(Duration.ofSeconds(5)).until(gateway::isAvailable);
        assertThat(status()).isEqualTo(401);
    }

    /** It keeps all that it knew, and gets the invalidation only when it can be asked again. */
    @Test
    void neverBelievesWhatAHungRedisStillHolds() throws IOException, InterruptedException {
        assertThat(status()).isEqualTo(200);
        String pid = redisPid();
        signal("-STOP", pid);
        try {
            fixtures.run(() -> cache.change(user, () -> sessions.endAll(user, null)));
            IntStream.range(0, 5).forEach(i -> assertThat(status()).isEqualTo(401));
        } finally {
            signal("-CONT", pid);
        }
        IntStream.range(0, 100).forEach(i -> assertThat(status()).isEqualTo(401));
        await().atMost(Duration.ofSeconds(10)).until(gateway::isTrusted);
        assertThat(status()).isEqualTo(401);
    }

    @Test
    void goesOnLimitingInTheProcess() {
        stop();
        List<String> outcomes = fixtures.run(() -> Uni.join()
                .all(IntStream.range(0, 50)
                        .mapToObj(i -> limiter.sensitive("login", user.toString(), "198.51.100.7")
                                .map(v -> "allowed")
                                .onFailure(ProblemException.class)
                                .recoverWithItem(e -> e.code().code()))
                        .toList())
                .andCollectFailures());
        assertThat(outcomes).filteredOn("allowed"::equals).hasSize(5);
        assertThat(outcomes).filteredOn("rate_limited"::equals).hasSize(45);
    }

    private String redisPid() {
        Matcher pid = Pattern.compile("process_id:(\\d+)")
                .matcher(redis.execute("INFO", "server").toString());
        assertThat(pid.find()).isTrue();
        return pid.group(1);
    }

    private static void signal(String signal, String pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", signal, pid).start().waitFor()).isZero();
    }
}
