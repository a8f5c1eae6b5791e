package io.usher.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.Response;
import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.Parallel;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@UsherTest
class CreditTest {
    private TestUser user;
    private TestUser admin;

    @BeforeEach
    void arrange() {
        user = Given.customer().create();
        admin = Given.adminOf(user);
    }

    @Test
    void grantsAndSpendsAreOneLedger() {
        grant(100)
                .then()
                .statusCode(201)
                .body("amount", equalTo(100))
                .body("balanceAfter", equalTo(100))
                .body("reason", equalTo("Test"))
                .body("reference", nullValue())
                .body("actorId", equalTo(admin.id().toString()));
        spend(30).then().statusCode(201).body("amount", equalTo(-30)).body("balanceAfter", equalTo(70));
        grant(-20).then().statusCode(201).body("amount", equalTo(-20)).body("balanceAfter", equalTo(50));

        Actors.as(user).get(user.path("/credits")).then().statusCode(200).body("balance", equalTo(50));
        Response list = Actors.as(admin).get("/api/users/" + user.v1Id() + "/credits/transactions");
        list.then().statusCode(200).body("total", equalTo(3));
        assertThat(list.jsonPath().getList("items.balanceAfter")).isEqualTo(List.of(50, 70, 100));
    }

    @Test
    void neverSpendsWhatIsNotThere() {
        grant(10);

        spend(11).then().statusCode(402).body("code", equalTo("insufficient_credits"));
        grant(-11).then().statusCode(402);
        spend(10).then().statusCode(201).body("balanceAfter", equalTo(0));
        spend(1).then().statusCode(402);
        assertThat(ledger()).isEqualTo(2);
    }

    @Test
    void theOwnViewShowsTheNewBalanceAtOnce() {
        for (int i = 1; i <= 10; i++) {
            assertThat(Actors.as(user).get(user.path("")).jsonPath().getLong("credits"))
                    .isEqualTo(5L * (i - 1));
            assertThat(Actors.as(user).get("/api/auth/me").jsonPath().getLong("credits"))
                    .isEqualTo(5L * (i - 1));
            grant(5);
        }
    }

    @Test
    void aCustomerGrantsNothingAndNobodySpendsForAnother() {
        Map<String, ?> body = Map.of("amount", 5, "reason", "Test");
        Actors.as(user)
                .body(body)
                .post(user.path("/credits/transactions"))
                .then()
                .statusCode(403);
        grant(10);
        Actors.as(admin)
                .body(body)
                .post(user.path("/credits/spend"))
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
    }

    @Test
    void refusesWhatIsNoAmount() {
        for (Object amount : Arrays.asList(0, 1_000_000_000_001L, -1_000_000_000_001L, 1.5, "1", Long.MAX_VALUE)) {
            Actors.as(admin)
                    .body(Map.of("amount", amount, "reason", "Test"))
                    .post(user.path("/credits/transactions"))
                    .then()
                    .statusCode(400)
                    .body("errors[0].field", equalTo("amount"));
        }
        for (Object amount : Arrays.asList(0, -1, 1_000_000_000_001L)) {
            Actors.as(user)
                    .body(Map.of("amount", amount, "reason", "Test"))
                    .post(user.path("/credits/spend"))
                    .then()
                    .statusCode(400)
                    .body("errors[0].field", equalTo("amount"));
        }
        Actors.as(user)
                .body(Map.of("reason", " ", "reference", "x".repeat(201)))
                .post(user.path("/credits/spend"))
                .then()
                .statusCode(400)
                .body("errors.field", hasItems("amount", "reason", "reference"));
        assertThat(ledger()).isZero();
    }

    @Test
    void aBalanceNeverGrowsBeyondWhatReadersOfJsonTake() {
        Database.execute("update users set credits = 9007199254740000 where id = ?", user.id());

        grant(1_000_000_000_000L).then().statusCode(409).body("code", equalTo("conflict"));
        grant(991).then().statusCode(201);
        assertThat(Database.number("select credits from users where id = ?", user.id()))
                .isEqualTo(9_007_199_254_740_991L);
    }

    @Test
    void listsInPages() {
        for (int i = 1; i <= 5; i++) {
            grant(i);
        }
        List<Integer> amounts = new ArrayList<>();
        String cursor = "";
        for (int i = 0; i < 5 && cursor != null; i++) {
            Response page = list("?limit=2" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            amounts.addAll(page.jsonPath().getList("items.amount", Integer.class));
            cursor = page.path("nextCursor");
            if (i == 0) {
                grant(9);
            }
        }
        assertThat(amounts).isEqualTo(List.of(5, 4, 3, 2, 1));
        list("?offset=5").then().body("items.amount", equalTo(List.of(1))).body("total", equalTo(6));
        list("?cursor=x").then().statusCode(400).body("code", equalTo("invalid_cursor"));
        list("?limit=0&sort=x").then().statusCode(400).body("errors.field", hasItems("limit", "sort"));
    }

    @Test
    void fiveHundredAtOnceAreAConsistentChain() {
        Actors.token(user);
        Actors.token(admin);
        List<Integer> statuses = Parallel.times(500, 16, i -> (i % 3 == 0 ? grant(7) : spend(i % 9 + 1)).statusCode());

        assertThat(statuses).containsOnly(201, 402);
        long done = statuses.stream().filter(s -> s == 201).count();
        assertThat(ledger()).isEqualTo(done);
        assertThat(Database.number("select credits from users where id = ?", user.id()))
                .isEqualTo(Database.number(
                        "select coalesce(sum(amount), 0) from credit_transactions where user_id = ?", user.id()));
        assertThat(Database.number(
                        "select count(*) from (select balance_after - amount"
                                + " - coalesce(lag(balance_after) over (order by seq), 0) as gap, balance_after"
                                + " from credit_transactions where user_id = ?) c where gap <> 0 or balance_after < 0",
                        user.id()))
                .isZero();
    }

    private Response grant(long amount) {
        return Actors.as(admin)
                .body(Map.of("amount", amount, "reason", "Test"))
                .post(user.path("/credits/transactions"));
    }

    private Response spend(long amount) {
        return Actors.as(user).body(Map.of("amount", amount, "reason", "Test")).post(user.path("/credits/spend"));
    }

    private Response list(String query) {
        return Actors.as(user).get(user.path("/credits/transactions") + query);
    }

    private long ledger() {
        return Database.number("select count(*) from credit_transactions where user_id = ?", user.id());
    }
}
