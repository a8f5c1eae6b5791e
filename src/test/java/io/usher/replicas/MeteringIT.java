package io.usher.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.Parallel;
import io.usher.testing.RealServers;
import io.usher.testing.TestUser;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes of the package charge the same user: never more than there is, and never without a row, whatever dies. */
class MeteringIT extends TwoReplicas {
    private static final int CONNECTIONS = 16;
    private static final int LIMIT = 50;

    private TestUser user;
    private String token;

    @BeforeEach
    void logIn() {
        user = Given.customer().create();
        token = login(user);
    }

    @Test
    void twoProcessesTakeNoMoreThanTheLimit() {
        assertExactlyTheLimit();
    }

    @Test
    void aResourceThatTheEnvironmentAddsIsMetered() {
        Response taken = two.as(token).body(Map.of("amount", 3)).post("/api/quotas/audio/consume");

        assertThat(taken.statusCode()).as(taken.asString()).isEqualTo(200);
        assertThat(taken.<String>path("type")).isEqualTo("weekly");
        assertThat(taken.<Integer>path("remaining")).isEqualTo(4);
    }

    @Test
    void norDoTheyWithoutRedis() {
        RealServers.stopRedis();
        try {
            assertExactlyTheLimit();
        } finally {
            RealServers.startRedis();
        }
    }

    @Test
    void anApiKeyIsKnownWithoutRedisAndItsEndToo() {
        Response created = one.as(token)
                .body(Map.of("name", "Studio", "scopes", List.of("generations:write")))
                .post("/api/api-keys");
        assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
        String key = created.path("key");
        RealServers.stopRedis();
        try {
            assertThat(generate(two, key)).isEqualTo(201);
            assertThat(one.as(token)
                            .delete("/api/api-keys/" + created.path("id"))
                            .statusCode())
                    .isEqualTo(204);
            assertThat(generate(two, key)).isEqualTo(401);
        } finally {
            RealServers.startRedis();
        }
        assertThat(generate(two, key)).isEqualTo(401);
    }

    @Test
    void aProcessThatIsKilledLeavesNoChargeWithoutItsRow() {
        Replica mortal = Replica.start(keys);
        AtomicInteger sent = new AtomicInteger();
        List<Integer> statuses = Parallel.times(60, CONNECTIONS, i -> {
            if (sent.incrementAndGet() == 20) {
                mortal.kill();
            }
            return generate(i % 2 == 0 ? one : mortal, token);
        });
        mortal.close();

        long answered = statuses.stream().filter(status -> status == 201).count();
        assertThat(used()).isEqualTo(rows()).isBetween(answered, (long) LIMIT);
        Parallel.times(LIMIT, CONNECTIONS, i -> generate(one, token));
        assertThat(used()).isEqualTo(LIMIT);
        assertThat(rows()).isEqualTo(LIMIT);
    }

    @Test
    void theSameKeySentToBothIsOneEffect() {
        List<Response> answers = Parallel.times(20, 20, i -> (i % 2 == 0 ? one : two)
                .as(token)
                .header("Idempotency-Key", "same")
                .body(Map.of("type", "image", "cost", 7))
                .post("/api/generations"));

        assertThat(answers).extracting(Response::statusCode).isSubsetOf(201, 409);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 201)
                .extracting(Response::asString)
                .containsOnly(two.as(token)
                        .header("Idempotency-Key", "same")
                        .body(Map.of("type", "image", "cost", 7))
                        .post("/api/generations")
                        .asString());
        assertThat(used()).isEqualTo(7);
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void spendsAndGrantsAreOneChainThatNeverGoesBelowZero() {
        String granting = login(Given.superAdmin().create());
        String ledger = user.path("/credits/transactions");

        List<Integer> statuses = Parallel.times(500, CONNECTIONS, i -> {
            Replica replica = i % 2 == 0 ? one : two;
            return i % 5 < 2
                    ? replica.as(granting)
                            .body(Map.of("amount", 3, "reason", "Grant"))
                            .post(ledger)
                            .statusCode()
                    : replica.as(token)
                            .body(Map.of("amount", 4, "reason", "Spend"))
                            .post(user.path("/credits/spend"))
                            .statusCode();
        });

        assertThat(statuses).isSubsetOf(201, 402).contains(402);
        long done = statuses.stream().filter(status -> status == 201).count();
        assertThat(Database.number("select count(*) from credit_transactions where user_id = ?", user.id()))
                .isEqualTo(done);
        assertThat(Database.number("select credits from users where id = ?", user.id()))
                .isEqualTo(Database.number("select sum(amount) from credit_transactions where user_id = ?", user.id()));
        assertThat(brokenLinks()).isZero();
    }

    /** How many rows of the ledger are below zero, or are not the row before and their own amount. */
    private long brokenLinks() {
        return Database.number("""
                select count(*)
                from (select amount, balance_after,
                             lag(balance_after, 1, 0::bigint) over (order by seq) as before
                      from credit_transactions where user_id = ?) as chain
                where balance_after < 0 or balance_after <> before + amount
                """, user.id());
    }

    private void assertExactlyTheLimit() {
        List<Integer> statuses = Parallel.times(200, CONNECTIONS, i -> generate(i % 2 == 0 ? one : two, token));

        assertThat(statuses).filteredOn(status -> status == 201).hasSize(LIMIT);
        assertThat(statuses).filteredOn(status -> status == 429).hasSize(200 - LIMIT);
        assertThat(used()).isEqualTo(LIMIT);
        assertThat(rows()).isEqualTo(LIMIT);
    }

    /** The status; 0 where the process died over it. */
    private static int generate(Replica replica, String credential) {
        try {
            return replica.as(credential)
                    .body(Map.of("type", "image"))
                    .post("/api/generations")
                    .statusCode();
        } catch (Exception e) {
            // rest-assured throws the connection's own exception without declaring it
            return 0;
        }
    }

    private static String login(TestUser user) {
        return one.request()
                .body(Map.of("username", user.email(), "password", Given.PASSWORD))
                .post("/api/auth/login")
                .path("token");
    }

    private long used() {
        return Database.number("select used from user_quotas where user_id = ? and resource = 'image'", user.id());
    }

    private long rows() {
        return Database.number("select count(*) from generations where user_id = ?", user.id());
    }
}
