package io.usher.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.usher.testing.Actors;
import io.usher.testing.Given;
import io.usher.testing.Http;
import io.usher.testing.RedisTap;
import io.usher.testing.StatementTap;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds requests to the budgets of {@link Budget}: a round trip or a statement too many fails here, without a stopwatch. */
@UsherTest
@TestProfile(RequestBudgetTest.Alone.class)
class RequestBudgetTest {
    private static final Logger LOG = Logger.getLogger(RequestBudgetTest.class);
    private static final int WARM_UP = 400;
    private static final int MEASURED = 200;

    /** No jobs, whose statements would be counted, and every statement seen. */
    public static class Alone implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.scheduler.enabled", "false",
                    "usher.rate-limit.api", "1000000/1s",
                    "usher.quota.defaults.image", "daily:1000000");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(StatementTap.class));
        }
    }

    private final TestUser user = Given.customer().create();
    private final TestUser admin = Given.adminOf(user);
    private final TestUser superAdmin = Given.superAdmin().create();
    private final String key = Given.apiKey(user, "users:read");
    private RedisTap redis;

    @BeforeEach
    void listen() {
        redis = new RedisTap();
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aRequestCostsWhatItMay(Budget budget) {
        send(call(budget));
        send(call(budget));
        Http.Call call = call(budget);
        redis.drain();
        StatementTap.drain();

        send(call);

        assertThat(redis.drain()).as("Commands to Redis").hasSize(budget.redis);
        assertThat(StatementTap.drain()).as("Statements").hasSize(budget.sql);
    }

    /** A batch of an import is one statement, and its commit does not wait for the disk: the report does, at the end. */
    @Test
    void anImportIsOnDiskBeforeItsReport() {
        Http.Call file = Http.call("POST", "/api/admin/users/import")
                .as(superAdmin)
                .body("text/csv", ("email\n" + Given.email() + "\n").getBytes(StandardCharsets.UTF_8));
        StatementTap.drain();

        assertThat(file.send().status()).isEqualTo(200);

        List<String> statements = StatementTap.drain();
        int begin = statements.size() - 4;
        assertThat(statements.get(begin)).isEqualToIgnoringCase("begin");
        assertThat(statements.get(begin + 1)).contains("insert into users", "'synchronous_commit', 'off'");
        assertThat(statements.get(begin + 2)).isEqualToIgnoringCase("commit");
        assertThat(statements.get(begin + 3))
                .isEqualTo("select pg_logical_emit_message(false, 'usher.import', '', true)");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aRequestAllocatesNoMoreThanItMay(Budget budget) {
        Http.Call call = call(budget);
        if (budget.kib == 0) {
            return;
        }
        repeat(WARM_UP, call);
        long before = EventLoops.allocatedBytes();

        repeat(MEASURED, call);

        long bytes = (EventLoops.allocatedBytes() - before) / MEASURED;
        LOG.infof("%s: %d bytes", budget, bytes);
        assertThat(bytes / 1024).as("KiB").isBetween(1L, (long) budget.kib);
    }

    private static void repeat(int times, Http.Call call) {
        for (int i = 0; i < times; i++) {
            send(call);
        }
    }

    private static Http.Answer send(Http.Call call) {
        Http.Answer answer = call.send();
        assertThat(answer.status()).isIn(200, 201, 304);
        return answer;
    }

    private Http.Call call(Budget budget) {
        Http.Call own = get(user.path(""));
        Map<String, String> token = Map.of("token", Actors.token(user));
        return switch (budget) {
            case OWN_VIEW_CACHED -> own.as(user);
            case OWN_VIEW_KNOWN ->
                own.as(user).header("If-None-Match", send(own.as(user)).header("ETag"));
            case OWN_VIEW_BY_KEY -> own.withKey(key);
            case OTHER_VIEW -> own.as(superAdmin);
            case OTHER_VIEW_MANAGED -> own.as(admin);
            case ME -> get("/api/auth/me").as(user);
            case INTROSPECTION -> post("/api/auth/introspect").as(superAdmin).form(token);
            case INTROSPECTION_MANAGED -> post("/api/auth/introspect").as(admin).form(token);
            case REFRESH ->
                post("/api/auth/refresh")
                        .json(Map.of("refreshToken", Actors.login(user).refreshToken()));
            case LOGIN -> post("/api/auth/login").json(Map.of("username", user.email(), "password", Given.PASSWORD));
            case CONSUME -> consume().as(user);
            case CONSUME_ONCE -> consume().as(user).header("Idempotency-Key", Given.unique());
            case GENERATION -> post("/api/generations").as(user).json(Map.of("type", "image"));
            case QUOTAS -> get("/api/quotas/me").as(user);
            case LIST -> get("/api/users").as(superAdmin);
            case LIST_MANAGED -> get("/api/users").as(admin);
            case SEARCH -> get("/api/users?q=" + user.email().substring(0, 12)).as(superAdmin);
            case LIST_ESTIMATED -> get("/api/users?count=estimate").as(superAdmin);
        };
    }

    private static Http.Call consume() {
        return post("/api/quotas/image/consume").json(Map.of());
    }

    private static Http.Call get(String path) {
        return Http.call("GET", path);
    }

    private static Http.Call post(String path) {
        return Http.call("POST", path);
    }
}
