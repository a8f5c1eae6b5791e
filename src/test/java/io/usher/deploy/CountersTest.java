package io.usher.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.restassured.response.Response;
import io.usher.testing.Actors;
import io.usher.testing.Given;
import io.usher.testing.LogCapture;
import io.usher.testing.RealServers;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an operator counts on is counted, by what happens and not by what was meant to. */
@UsherTest
class CountersTest {
    @Inject
    MeterRegistry metrics;

    @Test
    void aQuotaThatIsUsedUpIsCountedByItsResource() {
        TestUser user = Given.customer().create();
        double before = count("usher.quota.refusals", "resource", "video");

        Response refused = Actors.as(user).body(Map.of("amount", 11)).post("/api/quotas/video/consume");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(count("usher.quota.refusals", "resource", "video")).isEqualTo(before + 1);
    }

    @Test
    void creditsThatAreMissingAreCounted() {
        TestUser user = Given.customer().create();
        double before = count("usher.problems", "code", "insufficient_credits");

        Response refused = Actors.as(user)
                .header("Idempotency-Key", "counters-1")
                .body(Map.of("amount", 5, "reason", "image"))
                .post(user.path("/credits/spend"));

        assertThat(refused.statusCode()).as(refused.asString()).isEqualTo(402);
        assertThat(count("usher.problems", "code", "insufficient_credits")).isEqualTo(before + 1);
    }

    @Test
    void anOwnViewIsCountedAsAMissOnceAndAsAHitThen() {
        TestUser user = Given.customer().create();
        Actors.token(user);
        double misses = count("usher.cache.views", "result", "miss");
        double hits = count("usher.cache.views", "result", "hit");

        Actors.as(user).get(user.path("")).then().statusCode(200);
        assertThat(count("usher.cache.views", "result", "miss")).isGreaterThanOrEqualTo(misses + 1);

        // after an outage, what Redis holds is not believed at once
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            Actors.as(user).get(user.path("")).then().statusCode(200);
            assertThat(count("usher.cache.views", "result", "hit")).isGreaterThanOrEqualTo(hits + 1);
        });
    }

    @Test
    void withoutRedisDecisionsAreCountedAsThisProcesssOwn() {
        TestUser user = Given.customer().create();
        Actors.token(user);
        double before = metrics.get("usher.rate.limit.alone").counter().count();
        RealServers.stopRedis();
        try (LogCapture log = new LogCapture()) {
            for (int i = 0; i < 4; i++) {
                Actors.as(user).get(user.path("")).then().statusCode(200);
            }
            assertThat(metrics.get("usher.rate.limit.alone").counter().count()).isGreaterThan(before);
            assertThat(available()).isZero();
            assertThat(log.lines()).anyMatch(line -> line.contains("Redis is away"));
        } finally {
            RealServers.startRedis();
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> available() == 1);
    }

    private double available() {
        return metrics.get("usher.redis.available").gauge().value();
    }

    private double count(String name, String label, String value) {
        return metrics.get(name).tag(label, value).counter().count();
    }
}
