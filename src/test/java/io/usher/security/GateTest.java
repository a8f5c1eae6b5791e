package io.usher.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Uni;
import io.usher.cache.CacheKeys;
import io.usher.cache.UserCache;
import io.usher.security.SessionService.Tokens;
import io.usher.testing.RealServers;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealServers.class)
class GateTest {
    @Inject
    Fixtures fixtures;

    @Inject
    UserCache cache;

    @Inject
    SessionService sessions;

    @Inject
    RedisDataSource redis;

    private UUID user;
    private Tokens tokens;

    @BeforeEach
    void signIn() {
        user = fixtures.user();
        tokens = fixtures.login(user);
    }

    private JsonPath call() {
        return given().header("Authorization", "Bearer " + tokens.accessToken())
                .get("/api/test/caller")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private int status() {
        return given().header("Authorization", "Bearer " + tokens.accessToken())
                .get("/api/test/caller")
                .statusCode();
    }

    private long commands(String name) {
        Matcher calls = Pattern.compile("cmdstat_" + name + ":calls=(\\d+)")
                .matcher(redis.execute("INFO", "commandstats").toString());
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }

    @Test
    void asksRedisOnceForARequestThatIsCached() {
        call();
        call();
        long scripts = commands("evalsha");
        for (int i = 0; i < 50; i++) {
            call();
        }
        assertThat(commands("evalsha") - scripts).isEqualTo(50);
    }

    @Test
    void doesNotAskPostgresForARequestThatIsCached() {
        call();
        fixtures.sql(
                "update user_sessions set ended_at = now() where id = $1",
                io.vertx.mutiny.sqlclient.Tuple.of(tokens.sessionId()));
        assertThat(status()).isEqualTo(200);
        fixtures.run(() -> cache.invalidate(user));
        assertThat(status()).isEqualTo(401);
    }

    @Test
    void handsTheCallersOwnViewOut() {
        JsonPath first = call();
        assertThat(first.getString("cachedView")).isEqualTo("null");
        fixtures.run(() -> cache.fillView(user, first.getString("generation"), "{\"a\":1}"));
        assertThat(call().getString("cachedView")).isEqualTo("{\"a\":1}");
        fixtures.run(() -> cache.change(user, () -> Uni.createFrom().item(1)));
        assertThat(call().getString("cachedView")).isEqualTo("null");
    }

    @Test
    void neverReadsAFillThatCameLate() {
        String old = call().getString("generation");
        fixtures.run(() -> cache.change(user, () -> Uni.createFrom().item(1)));
        fixtures.run(() -> cache.fillView(user, old, "stale"));
        assertThat(call().getString("cachedView")).isEqualTo("null");
    }

    @Test
    void cachesNothingWhileAWriteIsUnderWay() {
        call();
        JsonPath[] during = new JsonPath[1];
        CompletableFuture<Void> request = new CompletableFuture<>();
        fixtures.run(() -> cache.change(user, () -> {
            CompletableFuture.runAsync(() -> during[0] = call()).whenComplete((v, e) -> request.complete(null));
            return Uni.createFrom().completionStage(request).replaceWith(1);
        }));
        assertThat(during[0].getString("generation")).isEqualTo("null");
        assertThat(redis.value(String.class).get(CacheKeys.generation(user))).doesNotStartWith("!");
    }

    /** Whichever ends first: what a reader finds before the other has committed must not be kept. */
    @Test
    void cachesNothingUntilTheLastOfSeveralWritesHasEnded() {
        for (boolean firstEndsFirst : List.of(true, false)) {
            call();
            List<CompletableFuture<Void>> ends = List.of(new CompletableFuture<>(), new CompletableFuture<>());
            List<CompletableFuture<Void>> writes =
                    ends.stream().map(this::write).toList();
            int first = firstEndsFirst ? 0 : 1;

            ends.get(first).complete(null);
            writes.get(first).join();
            assertThat(call().getString("generation")).isEqualTo("null");
            ends.get(1 - first).complete(null);
            writes.get(1 - first).join();

            assertThat(call().getString("generation")).isNotEqualTo("null");
        }
    }

    /** Returns when the write is under way. */
    private CompletableFuture<Void> write(CompletableFuture<Void> end) {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Void> write = CompletableFuture.runAsync(() -> fixtures.run(() -> cache.change(user, () -> {
            begun.complete(null);
            return Uni.createFrom().completionStage(end).replaceWith(1);
        })));
        begun.join();
        return write;
    }

    /** Its invalidation never comes, as when its process has died; writes that come later wait for it no longer than it has left. */
    @Test
    void aWriteThatNeverEndsKeepsTheCacheClosedNoLongerThanTenSeconds() {
        fixtures.run(() -> cache.change(user, () -> Uni.createFrom().failure(new IllegalStateException("died")))
                .onFailure()
                .recoverWithNull());
        assertThat(call().getString("generation")).isEqualTo("null");
        assertThat(redis.key().pttl(CacheKeys.generation(user))).isBetween(1L, 10_000L);
        String died = redis.value(String.class).get(CacheKeys.generation(user));

        fixtures.run(() -> cache.change(user, () -> Uni.createFrom().item(1)));

        assertThat(call().getString("generation")).isEqualTo("null");
        assertThat(redis.value(String.class).get(CacheKeys.generation(user)))
                .as("with the end that it had before")
                .isEqualTo(died)
                .matches("![^!@]+@\\d+");
        assertThat(redis.key().pttl(CacheKeys.generation(user))).isBetween(1L, 10_000L);
    }

    @Test
    void seesAnEndedSessionAtOnceHoweverManyRequestsFillTheCacheMeanwhile() {
        for (int round = 0; round < 15; round++) {
            signIn();
            CompletableFuture<?>[] readers = new CompletableFuture<?>[4];
            for (int i = 0; i < readers.length; i++) {
                readers[i] = CompletableFuture.runAsync(() -> {
                    for (int n = 0; n < 10; n++) {
                        status();
                    }
                });
            }
            fixtures.run(() -> cache.change(user, () -> sessions.endAll(user, null)));
            assertThat(status()).isEqualTo(401);
            CompletableFuture.allOf(readers).join();
            assertThat(status()).isEqualTo(401);
        }
    }

    @Test
    void keepsEverythingOfAUserInOneHashSlot() {
        String tag = "{" + user + "}";
        assertThat(CacheKeys.generation(user)).contains(tag);
        assertThat(CacheKeys.session(user, tokens.sessionId())).contains(tag);
        assertThat(CacheKeys.view(user)).contains(tag);
        assertThat(CacheKeys.limit(user, "api")).contains(tag);
    }
}
