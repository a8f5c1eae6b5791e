package io.usher.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.response.Response;
import io.usher.security.Fixtures;
import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.Parallel;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@UsherTest
class IdempotencyTest {
    @Inject
    IdempotencySweep sweep;

    @Inject
    Fixtures fixtures;

    private TestUser user;
    private TestUser admin;
    private String key;

    @BeforeEach
    void arrange() {
        user = Given.customer().create();
        admin = Given.adminOf(user);
        key = "key-" + Given.unique();
    }

    @Test
    void theSameRequestIsAnsweredAgainAndDoesNothing() {
        for (Call call : calls()) {
            Response first = call.send(key + call.path().length());
            Response second = call.send(key + call.path().length());

            assertThat(first.statusCode()).as(call.path()).isIn(200, 201);
            assertThat(first.header("Idempotency-Replayed")).isNull();
            assertThat(second.statusCode()).isEqualTo(first.statusCode());
            assertThat(second.asString()).isEqualTo(first.asString());
            assertThat(second.header("Location")).isEqualTo(first.header("Location"));
            assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        }
        assertThat(balance()).isEqualTo(95);
        assertThat(used("video")).isEqualTo(3);
        assertThat(used("image")).isEqualTo(2);
        assertThat(Database.number("select count(*) from generations where user_id = ?", user.id()))
                .isEqualTo(1);
    }

    private record Call(TestUser caller, String path, Map<String, ?> body) {
        Response send(String key) {
            return Actors.as(caller).header("Idempotency-Key", key).body(body).post(path);
        }
    }

    private List<Call> calls() {
        return List.of(
                new Call(admin, user.path("/credits/transactions"), Map.of("amount", 100, "reason", "Test")),
                new Call(user, user.path("/credits/spend"), Map.of("amount", 5, "reason", "Test")),
                new Call(user, "/api/quotas/video/consume", Map.of("amount", 3)),
                new Call(user, "/api/generations", Map.of("type", "image", "cost", 2)));
    }

    @Test
    void aKeyBelongsToOneRequestOfOneCaller() {
        consume(key, 1).then().statusCode(200);

        consume(key, 2).then().statusCode(422).body("code", equalTo("idempotency_key_reused"));
        Actors.as(user)
                .header("Idempotency-Key", key)
                .body(Map.of("amount", 1))
                .post("/api/quotas/edit/consume")
                .then()
                .statusCode(422);
        TestUser other = Given.customer().create();
        assertThat(new Call(other, "/api/quotas/image/consume", Map.of("amount", 1))
                        .send(key)
                        .header("Idempotency-Replayed"))
                .isNull();
        assertThat(used("image")).isEqualTo(1);
        assertThat(used("edit")).isZero();
    }

    @Test
    void theAmountThatIsLeftOutIsTheSameAsOne() {
        consume(key, 1).then().statusCode(200);

        Actors.as(user)
                .header("Idempotency-Key", key)
                .body(Map.of())
                .post("/api/quotas/image/consume")
                .then()
                .statusCode(200)
                .header("Idempotency-Replayed", "true");
    }

    @Test
    void whatFailedIsNotRemembered() {
        Call spend = new Call(user, user.path("/credits/spend"), Map.of("amount", 5, "reason", "Test"));
        spend.send(key).then().statusCode(402);
        assertThat(records()).isZero();
        new Call(admin, user.path("/credits/transactions"), Map.of("amount", 5, "reason", "Test")).send(key + "a");

        spend.send(key).then().statusCode(201);
        consume(key + "b", 51).then().statusCode(429);
        assertThat(records()).isEqualTo(1);
    }

    @Test
    void twentyAtOnceAreOneEffect() {
        Actors.token(user);
        List<Response> answers = Parallel.times(20, 20, i -> consume(key, 7));

        assertThat(answers).extracting(Response::statusCode).isSubsetOf(200, 409);
        List<Response> done =
                answers.stream().filter(answer -> answer.statusCode() == 200).toList();
        assertThat(done).extracting(Response::asString).containsOnly(done.get(0).asString());
        assertThat(done)
                .filteredOn(answer -> answer.header("Idempotency-Replayed") == null)
                .hasSize(1);
        answers.stream()
                .filter(answer -> answer.statusCode() == 409)
                .forEach(answer -> assertThat(answer.<String>path("code")).isEqualTo("idempotency_in_flight"));
        assertThat(used("image")).isEqualTo(7);
        assertThat(consume(key, 7).asString()).isEqualTo(done.get(0).asString());
    }

    @Test
    void twentyGenerationsAtOnceAreOne() {
        Actors.token(user);
        Parallel.times(20, 20, i -> new Call(user, "/api/generations", Map.of("type", "image")).send(key));

        assertThat(Database.number("select count(*) from generations where user_id = ?", user.id()))
                .isEqualTo(1);
        assertThat(used("image")).isEqualTo(1);
    }

    @Test
    void aKeyIsForgottenAfterADay() {
        consume(key, 1).then().statusCode(200);
        Database.execute(
                "update idempotency_records set expires_at = now() - interval '1 second' where user_id = ?", user.id());

        consume(key, 2).then().statusCode(200);
        assertThat(used("image")).isEqualTo(3);
        consume(key, 2).then().header("Idempotency-Replayed", "true");

        Database.execute(
                "update idempotency_records set expires_at = now() - interval '1 second' where user_id = ?", user.id());
        fixtures.run(sweep::sweep);
        assertThat(records()).isZero();
    }

    @Test
    void aKeyIsVisibleAscii() {
        for (String bad : List.of("", "a b", "x".repeat(256), "ké")) {
            consume(bad, 1).then().statusCode(400).body("errors[0].field", equalTo("Idempotency-Key"));
        }
        consume("x".repeat(255), 1).then().statusCode(200);
        assertThat(used("image")).isEqualTo(1);
    }

    private Response consume(String with, int amount) {
        return new Call(user, "/api/quotas/image/consume", Map.of("amount", amount)).send(with);
    }

    private long used(String resource) {
        return Database.number(
                "select coalesce(max(used), 0) from user_quotas where user_id = ? and resource = ?",
                user.id(),
                resource);
    }

    private long balance() {
        return Database.number("select credits from users where id = ?", user.id());
    }

    private long records() {
        return Database.number("select count(*) from idempotency_records where user_id = ?", user.id());
    }
}
