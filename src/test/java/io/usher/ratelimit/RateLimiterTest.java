package io.usher.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.usher.cache.LuaScript;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.Fixtures;
import io.usher.testing.RealServers;
import io.vertx.mutiny.redis.client.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealServers.class)
class RateLimiterTest {
    @Inject
    RateLimiter limiter;

    @Inject
    RedisDataSource redis;

    @Inject
    Fixtures fixtures;

    private static final String ANYWHERE = "198.51.100.";

    private Uni<String> login(String account, String ip) {
        return limiter.sensitive("login", account, ip)
                .map(v -> "allowed")
                .onFailure(ProblemException.class)
                .recoverWithItem(e -> e.code().code());
    }

    @Test
    void letsExactlyTheQuotaThroughHoweverManyComeAtOnce() {
        String account = UUID.randomUUID() + "@example.com";
        List<String> outcomes = fixtures.run(() -> Uni.join()
                .all(IntStream.range(0, 200)
                        .mapToObj(i -> login(account, ANYWHERE + i))
                        .toList())
                .andCollectFailures());
        assertThat(outcomes).filteredOn("allowed"::equals).hasSize(5);
        assertThat(outcomes).filteredOn(ProblemCode.RATE_LIMITED.code()::equals).hasSize(195);
    }

    @Test
    void countsAccountsAndActionsApart() {
        String one = UUID.randomUUID().toString();
        String ip = "2001:db8::" + Integer.toHexString(new Random().nextInt(65_535));
        IntStream.range(0, 5)
                .forEach(i -> assertThat(fixtures.run(() -> login(one, ip))).isEqualTo("allowed"));
        assertThat(fixtures.run(() -> login(one, ip))).isEqualTo("rate_limited");
        assertThat(fixtures.run(() -> login(UUID.randomUUID().toString(), ip))).isEqualTo("allowed");
        fixtures.run(() -> limiter.sensitive("forgot-password", one, ip));
    }

    @Test
    void putsNoAddressIntoRedis() {
        String account = UUID.randomUUID() + "@example.com";
        fixtures.run(() -> login(account, "198.51.100.1"));
        assertThat(redis.key().keys("*" + account + "*")).isEmpty();
        assertThat(redis.key().keys("usher:{limit:login:*}")).isNotEmpty();
    }

    /** The script and the class are one arithmetic: any sequence of times gives the same decisions. */
    @Test
    void decidesInRedisAsItDoesAlone() {
        LuaScript window = LuaScript.ofFiles("now.lua", "window.lua");
        String script =
                window.source() + "\nreturn { take(KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])) }";
        Random random = new Random();
        for (int round = 0; round < 20; round++) {
            long quota = 1 + random.nextInt(10);
            long length = 1000L * (1 + random.nextInt(120));
            SlidingWindow alone = new SlidingWindow();
            String key = "test:{" + UUID.randomUUID() + "}";
            long now = System.currentTimeMillis();
            for (int i = 0; i < 100; i++) {
                now += random.nextInt((int) (random.nextInt(10) == 0 ? 2 * length : length / 5));
                Response answer = redis.execute(
                        "EVAL", script, "1", key, Long.toString(quota), Long.toString(length), Long.toString(now));
                assertThat(numbers(answer)).isEqualTo(numbers(alone.take(quota, length, now)));
            }
        }
    }

    private static List<Long> numbers(Response answer) {
        List<Long> numbers = new ArrayList<>();
        answer.forEach(value -> numbers.add(value.toLong()));
        return numbers;
    }

    private static List<Long> numbers(Decision decision) {
        return List.of(decision.allowed() ? 1L : 0L, decision.remaining(), decision.reset(), decision.retry());
    }
}
