package io.usher.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.MutableClock;
import io.usher.testing.Parallel;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@UsherTest
class QuotaTest {
    @Inject
    MutableClock clock;

    private TestUser user;
    private TestUser admin;

    @BeforeEach
    void arrange() {
        user = Given.customer().create();
        admin = Given.adminOf(user);
    }

    @Test
    void everybodyHasTheConfiguredDefaults() {
        QuotaCalls.mine(user)
                .then()
                .statusCode(200)
                .body("userId", equalTo(user.id().toString()))
                .body("quotas.image.type", equalTo("daily"))
                .body("quotas.image.limit", equalTo(50))
                .body("quotas.image.remaining", equalTo(50))
                .body("quotas.video.limit", equalTo(10))
                .body("quotas.edit.limit", equalTo(30));
        Map<String, Object> quotas =
                Actors.as(user).get("/api/admin/quotas/me/status").path("quotas");
        assertThat(quotas).isEqualTo(QuotaCalls.mine(user).path("quotas"));
        assertThat(Actors.as(user).get("/api/auth/me").<Map<String, Object>>path("quotas"))
                .isEqualTo(quotas);
        assertThat(Actors.as(admin).get("/api/admin/quotas/" + user.v1Id()).<Map<String, Object>>path("quotas"))
                .isEqualTo(quotas);
    }

    @Test
    void takesAndSaysWhatIsLeft() {
        Actors.as(user)
                .body(Map.of())
                .post("/api/quotas/image/consume")
                .then()
                .statusCode(200)
                .body("resource", equalTo("image"))
                .body("used", equalTo(1));

        Instant resetsAt = Instant.parse(QuotaCalls.consume(user, "image", 4)
                .then()
                .statusCode(200)
                .body("used", equalTo(5))
                .body("remaining", equalTo(45))
                .extract()
                .path("resetsAt"));
        assertThat(resetsAt)
                .isEqualTo(QuotaWindow.at(QuotaType.DAILY, clock.instant()).end());
        assertThat(QuotaCalls.used(user, "video")).isZero();
    }

    @Test
    void takesOneWhereNothingIsSaid() {
        Actors.as(user).post("/api/quotas/image/consume").then().statusCode(200).body("used", equalTo(1));
        RestAssured.given()
                .noContentType()
                .header("Authorization", "Bearer " + Actors.token(user))
                .post("/api/quotas/image/consume")
                .then()
                .statusCode(200)
                .body("used", equalTo(2));
    }

    @Test
    void takesNothingWhereNotAllFits() {
        QuotaCalls.consume(user, "video", 8).then().statusCode(200);

        Response refused = QuotaCalls.consume(user, "video", 3);

        refused.then()
                .statusCode(429)
                .body("code", equalTo("quota_exceeded"))
                .body("detail", containsString("video"))
                .body("detail", containsString("10"))
                .body("detail", containsString("resetsAt"));
        assertThat(Long.parseLong(refused.header("Retry-After"))).isBetween(1L, 86_400L);
        assertThat(QuotaCalls.used(user, "video")).isEqualTo(8);
        QuotaCalls.consume(user, "video", 2).then().statusCode(200).body("remaining", equalTo(0));
        QuotaCalls.consume(user, "video", 1).then().statusCode(429);
    }

    @Test
    void makesNoRowForAUserWhoseFirstTakeIsTooMuch() {
        QuotaCalls.consume(user, "video", 11).then().statusCode(429).body("detail", containsString("10"));
        QuotaCalls.consume(user, "video", 1_000_000_000).then().statusCode(429);

        assertThat(Database.number("select count(*) from user_quotas where user_id = ?", user.id()))
                .isZero();
    }

    @Test
    void aLimitOfOnesOwnBeatsTheDefault() {
        QuotaCalls.set(admin, user, Map.of("video", Map.of("type", "weekly", "limit", 1000)))
                .then()
                .statusCode(200)
                .body("quotas.video.type", equalTo("weekly"))
                .body("quotas.image.limit", equalTo(50));

        QuotaCalls.consume(user, "video", 999).then().statusCode(200).body("remaining", equalTo(1));
        QuotaCalls.set(admin, user, Map.of("video", Map.of("type", "weekly", "limit", 0)))
                .then()
                .body("quotas.video.remaining", equalTo(0))
                .body("quotas.video.used", equalTo(999));
        QuotaCalls.consume(user, "video", 1).then().statusCode(429);
    }

    @Test
    void anUnlimitedQuotaCountsOn() {
        QuotaCalls.consume(user, "image", 3);
        QuotaCalls.set(admin, user, Map.of("image", Map.of("type", "unlimited")))
                .then()
                .body("quotas.image.limit", nullValue())
                .body("quotas.image.remaining", nullValue())
                .body("quotas.image.resetsAt", nullValue())
                .body("quotas.image.used", equalTo(3));

        Database.execute(
                "update user_quotas set window_start = window_start - interval '30 days' where user_id = ?", user.id());
        QuotaCalls.consume(user, "image", 1_000_000_000).then().statusCode(200);
        QuotaCalls.consume(user, "image", 1_000_000_000).then().statusCode(200).body("used", equalTo(2_000_000_003));

        Database.execute("update user_quotas set used = 9223372036854775807 where user_id = ?", user.id());
        QuotaCalls.consume(user, "image", 1_000_000_000).then().statusCode(200);
        QuotaCalls.set(admin, user, Map.of("image", Map.of("type", "daily", "limit", 5)))
                .then()
                .body("quotas.image.used", equalTo(0));
    }

    @Test
    void aChangeOfTheTypeKeepsWhatWasUsedInTheRunningWindow() {
        QuotaCalls.consume(user, "image", 7);

        QuotaCalls.set(admin, user, Map.of("image", Map.of("type", "weekly", "limit", 20)))
                .then()
                .body("quotas.image.used", equalTo(7))
                .body("quotas.image.remaining", equalTo(13));
        QuotaCalls.set(admin, user, Map.of("image", Map.of("type", "daily", "limit", 10)))
                .then()
                .body("quotas.image.used", equalTo(7))
                .body("quotas.image.remaining", equalTo(3));
        QuotaCalls.consume(user, "image", 4).then().statusCode(429);
        QuotaCalls.consume(user, "image", 3).then().statusCode(200);
    }

    @Test
    void resetsOneOrAll() {
        QuotaCalls.consume(user, "image", 7);
        QuotaCalls.consume(user, "video", 3);

        reset(Map.of("resource", "image"))
                .then()
                .statusCode(200)
                .body("quotas.image.used", equalTo(0))
                .body("quotas.video.used", equalTo(3));
        reset(Map.of()).then().statusCode(200).body("quotas.video.used", equalTo(0));
        reset(Map.of("resource", "audio")).then().statusCode(400).body("errors[0].field", equalTo("resource"));
    }

    private Response reset(Map<String, ?> body) {
        return Actors.as(admin).body(body).post("/api/admin/quotas/" + user.id() + "/reset");
    }

    @Test
    void anAdminTakesForAUser() {
        consumeFor(Map.of("resource", "image", "amount", 5))
                .then()
                .statusCode(200)
                .body("used", equalTo(5));
        consumeFor(Map.of("resource", "image")).then().statusCode(200).body("used", equalTo(6));
        consumeFor(Map.of("resource", "image", "amount", 50)).then().statusCode(429);
        consumeFor(Map.of("resource", "audio")).then().statusCode(400).body("errors[0].field", equalTo("resource"));
        assertThat(QuotaCalls.used(user, "image")).isEqualTo(6);
    }

    private Response consumeFor(Map<String, ?> body) {
        return Actors.as(admin).body(body).post("/api/admin/quotas/" + user.id() + "/consume");
    }

    @Test
    void refusesWhatIsNoAmountAndNoResource() {
        for (Object amount : Arrays.asList(0, -1, 1_000_000_001, 1.5, "1", Long.MAX_VALUE)) {
            Actors.as(user)
                    .body(Map.of("amount", amount))
                    .post("/api/quotas/image/consume")
                    .then()
                    .statusCode(400)
                    .body("errors[0].field", equalTo("amount"));
        }
        QuotaCalls.consume(user, "audio", 1).then().statusCode(404).body("code", equalTo("not_found"));
        QuotaCalls.set(
                        admin,
                        user,
                        Map.of(
                                "audio", Map.of("type", "daily", "limit", 1),
                                "image", Map.of("type", "daily"),
                                "video", Map.of("type", "unlimited", "limit", 3)))
                .then()
                .statusCode(400)
                .body("errors.field", hasItems("audio", "image.limit", "video.limit"));
        QuotaCalls.set(
                        admin,
                        user,
                        Map.of("image", Map.of("type", "monthly", "limit", -1), "video", Map.of("limit", "x", "a", 1)))
                .then()
                .statusCode(400)
                .body("errors.field", hasItems("image.type", "image.limit", "video.type", "video.limit", "video.a"));
        assertThat(Database.number("select count(*) from user_quotas where user_id = ?", user.id()))
                .isZero();
    }

    @Test
    void aPassedWindowCountsAsResetAndOneBehindNeverTakesBack() {
        Database.execute(
                "insert into user_quotas (user_id, resource, used, window_start, updated_at)"
                        + " values (?, 'video', 10, ?::timestamptz, now()), (?, 'edit', 30, ?::timestamptz, now())",
                user.id(),
                QuotaWindow.at(QuotaType.DAILY, clock.instant().minus(Duration.ofDays(1)))
                        .start()
                        .toString(),
                user.id(),
                QuotaWindow.at(QuotaType.DAILY, clock.instant().plus(Duration.ofDays(1)))
                        .start()
                        .toString());

        assertThat(QuotaCalls.used(user, "video")).isZero();
        QuotaCalls.consume(user, "video", 10).then().statusCode(200).body("used", equalTo(10));

        // Another replica, whose clock is ahead, has begun tomorrow's window: it is full there.
        QuotaCalls.consume(user, "edit", 1).then().statusCode(429);
        assertThat(QuotaCalls.used(user, "edit")).isEqualTo(30);
    }

    @Test
    void invitedUsersGetTheQuotasThatTheInvitationNames() {
        String email = Given.email();
        Actors.as(admin)
                .body(Map.of(
                        "emails",
                        List.of(email, user.email()),
                        "defaultQuotas",
                        Map.of("image", Map.of("type", "weekly", "limit", 5), "video", Map.of("type", "unlimited"))))
                .post("/api/admin/users/bulk-create")
                .then()
                .statusCode(200)
                .body("created.email", equalTo(List.of(email)));

        String id = Database.text("select id from users where email = ?", email);
        Actors.as(admin)
                .get("/api/admin/quotas/" + id)
                .then()
                .body("quotas.image.type", equalTo("weekly"))
                .body("quotas.image.limit", equalTo(5))
                .body("quotas.video.type", equalTo("unlimited"))
                .body("quotas.edit.limit", equalTo(30));
        QuotaCalls.mine(user).then().body("quotas.image.limit", equalTo(50));
    }

    @Test
    void anInvitationWithQuotasThatThereAreNotInvitesNobody() {
        String email = Given.email();
        Actors.as(admin)
                .body(Map.of(
                        "emails",
                        List.of(email),
                        "defaultQuotas",
                        Map.of("audio", Map.of("type", "daily", "limit", 5))))
                .post("/api/admin/users/bulk-create")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("defaultQuotas.audio"));

        assertThat(Database.number("select count(*) from users where email = ?", email))
                .isZero();
    }

    @Test
    void twoHundredAtOnceNeverTakeMoreThanTheLimit() {
        QuotaCalls.given(user, "image", "daily", 50L);
        Actors.token(user);

        List<Integer> statuses = Parallel.times(
                200, 16, i -> QuotaCalls.consume(user, "image", 1).statusCode());

        assertThat(statuses).filteredOn(status -> status == 200).hasSize(50);
        assertThat(statuses).filteredOn(status -> status == 429).hasSize(150);
        assertThat(QuotaCalls.used(user, "image")).isEqualTo(50);
    }

    @Test
    void theFirstTakesOfAUserAtOnceAreAllCounted() {
        Actors.token(user);

        List<Integer> statuses =
                Parallel.times(40, 16, i -> QuotaCalls.consume(user, "video", 1).statusCode());

        assertThat(statuses).filteredOn(status -> status == 200).hasSize(10);
        assertThat(QuotaCalls.used(user, "video")).isEqualTo(10);
    }
}
