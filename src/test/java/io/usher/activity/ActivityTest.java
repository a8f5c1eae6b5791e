package io.usher.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.Response;
import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.MutableClock;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients record, and what is read of it. */
@UsherTest
class ActivityTest {
    @Inject
    MutableClock clock;

    private TestUser user;

    @BeforeEach
    void arrange() {
        user = Given.customer().create();
    }

    @Test
    void clientsRecordWhatTheirUsersDo() {
        for (String type : List.of("settings_change", "scrape", "form_automation", "filter_change")) {
            post(Map.of("activityType", type, "details", Map.of("pages", 3, "tags", List.of("a", "b"))))
                    .then()
                    .statusCode(201)
                    .body("userId", equalTo(user.id().toString()))
                    .body("username", equalTo(user.username()))
                    .body("activityType", equalTo(type))
                    .body("details.pages", equalTo(3))
                    .body("details.tags", contains("a", "b"));
        }
        post(Map.of("activityType", "scrape")).then().statusCode(201).body("details", nullValue());
        assertThat(Database.text("select ip_address from user_activities where user_id = ? limit 1", user.id()))
                .isEqualTo("127.0.0.1");
        list("?activityType=filter_change")
                .then()
                .body("total", equalTo(1))
                .body("items[0].details.tags", contains("a", "b"))
                .body("items[0].username", equalTo(user.username()));
    }

    /** A thousand of them would be 64 MiB in memory, and as much again on its way out. */
    @Test
    void aPageEndsEarlyWhereItsDetailsAreLarge() {
        Database.execute(
                "insert into user_activities (id, user_id, activity_type, details, created_at)"
                        + " select uuidv7(), ?, 'scrape', jsonb_build_object('text', repeat('x', 60000)), now() - n * interval '1 s'"
                        + " from generate_series(1, 300) n",
                user.id());

        Response first = list("?limit=1000&activityType=scrape");
        Response second = list("?limit=1000&activityType=scrape&cursor=" + first.path("nextCursor"));
        Response third = list("?limit=1000&activityType=scrape&cursor=" + second.path("nextCursor"));

        assertThat(List.of(items(first), items(second), items(third))).containsExactly(140, 140, 20);
        assertThat(first.<Integer>path("total")).isEqualTo(300);
        assertThat(third.<String>path("nextCursor")).isNull();
    }

    private static int items(Response page) {
        return page.<List<?>>path("items").size();
    }

    @Test
    void whatOnlyTheServiceKnowsCannotBePosted() {
        for (String type : List.of("login", "logout", "user_switch", "Scrape", "", "nap")) {
            post(Map.of("activityType", type))
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("validation_failed"))
                    .body("errors.field", contains("activityType"));
        }
        post(Map.of("userId", user.id(), "details", List.of(1)))
                .then()
                .statusCode(400)
                .body("errors.field", hasItems("activityType", "userId", "details"));
        assertThat(ofType("scrape")).isZero();
    }

    @Test
    void detailsHaveAtMost64KiB() {
        int overhead = "{\"a\":\"\"}".length();

        post(Map.of("activityType", "scrape", "details", Map.of("a", "x".repeat(64 * 1024 - overhead))))
                .then()
                .statusCode(201);
        post(Map.of("activityType", "scrape", "details", Map.of("a", "x".repeat(64 * 1024 - overhead + 1))))
                .then()
                .statusCode(400)
                .body("errors.field", contains("details"));
        post(Map.of("activityType", "scrape", "details", Map.of("a", "x".repeat(1 << 20))))
                .then()
                .statusCode(400);
        assertThat(ofType("scrape")).isEqualTo(1);
    }

    @Test
    void listsInPagesThatStayTheSameWhileActivitiesComeIn() {
        List<String> made = IntStream.range(0, 7).mapToObj(this::scrape).toList();
        List<Integer> seen = new ArrayList<>();
        String cursor = "";
        for (int i = 0; i < 5 && cursor != null; i++) {
            Response page = list("?activityType=scrape&limit=3" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            page.then().statusCode(200).body("total", equalTo(i == 0 ? 7 : 8));
            seen.addAll(page.jsonPath().getList("items.details.n", Integer.class));
            cursor = page.path("nextCursor");
            if (i == 0) {
                scrape(99);
            }
        }
        assertThat(made).hasSize(7);
        assertThat(seen).containsExactly(6, 5, 4, 3, 2, 1, 0);
        list("?activityType=scrape&offset=7&count=none")
                .then()
                .body("items.details.n", contains(0))
                .body("total", nullValue())
                .body("nextCursor", nullValue());
    }

    @Test
    void pagesGoOnAcrossMonthsAndWithinAMoment() {
        for (String time : List.of("2025-12-31T23:59:59.999Z", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z")) {
            past(time);
            past(time);
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            Response page = list("?activityType=scrape&limit=1" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            seen.addAll(page.jsonPath().getList("items.id", String.class));
            cursor = page.path("nextCursor");
        }
        assertThat(seen).hasSize(6).doesNotHaveDuplicates();
    }

    @Test
    void listsFromAMomentUpToAnother() {
        past("2026-02-01T00:00:00Z");
        past("2026-02-01T00:00:00.001Z");
        past("2026-03-01T00:00:00Z");

        list("?since=2026-02-01T00:00:00.001Z&until=2026-03-01T00:00:00Z")
                .then()
                .body("items.createdAt", contains("2026-02-01T00:00:00.001Z"));
        list("?since=2026-02-01T00:00:00Z&until=2026-03-01T00:00:00.001Z")
                .then()
                .body("total", equalTo(3));
    }

    @Test
    void aThousandAreOnePageAndAHundredIsWhatIsMeant() {
        Database.execute(
                "insert into user_activities (id, user_id, activity_type, created_at)"
                        + " select uuidv7(), ?, 'scrape', now() from generate_series(1, 1001)",
                user.id());

        list("?activityType=scrape&limit=1000")
                .then()
                .body("items", hasSize(1000))
                .body("total", equalTo(1001));
        list("?activityType=scrape").then().body("items", hasSize(100)).body("limit", equalTo(100));
        list("?limit=1001&activityType=nap&since=yesterday&sort=x")
                .then()
                .statusCode(400)
                .body("errors.field", hasItems("limit", "activityType", "since", "sort"));
        list("?cursor=x").then().statusCode(400).body("code", equalTo("invalid_cursor"));
    }

    @Test
    void adminsReadThoseOfTheirUsersAndNobodyElse() {
        scrape(1);
        TestUser admin = Given.adminOf(user);

        Actors.as(admin)
                .get("/api/users/" + user.v1Id() + "/activities")
                .then()
                .statusCode(200)
                .body("items[0].details.n", equalTo(1));
        Actors.as(Given.admin().create())
                .get(user.path("/activities"))
                .then()
                .statusCode(404)
                .body("code", equalTo("user_not_found"));
        Actors.as(Given.customer().create())
                .get(user.path("/activities"))
                .then()
                .statusCode(403);
    }

    @Test
    void aKeyRecordsForItsOwner() {
        String key = Given.apiKey(user, "activities:write");

        Actors.withKey(key)
                .body(Map.of("activityType", "scrape"))
                .post("/api/activities")
                .then()
                .statusCode(201)
                .body("userId", equalTo(user.id().toString()));
        Actors.withKey(key)
                .get(user.path("/activities"))
                .then()
                .statusCode(403)
                .body("code", equalTo("insufficient_scope"));
    }

    @Test
    void theSummaryIsOfTheCallersScopeAndTheLastDays() {
        TestUser another = Given.customer().create();
        TestUser stranger = Given.customer().create();
        TestUser admin = quietAdminOf(user, another);
        ago(user, "scrape", Duration.ofHours(1));
        ago(user, "scrape", Duration.ofHours(23));
        ago(another, "filter_change", Duration.ofHours(2));
        ago(another, "user_switch", Duration.ofHours(25));
        ago(stranger, "scrape", Duration.ofHours(1));

        Actors.as(admin)
                .get("/api/admin/activities/summary")
                .then()
                .statusCode(200)
                .body("days", equalTo(1))
                .body("activeUsersCount", equalTo(2))
                .body("activityByType", aMapWithSize(7))
                .body("activityByType.scrape", equalTo(2))
                .body("activityByType.filter_change", equalTo(1))
                .body("activityByType.user_switch", equalTo(0))
                .body("recentActivities.activityType", contains("scrape", "filter_change", "scrape"))
                .body("recentActivities.username", contains(user.username(), another.username(), user.username()));
        Actors.as(admin)
                .get("/api/admin/activities/summary?days=2")
                .then()
                .body("days", equalTo(2))
                .body("activityByType.user_switch", equalTo(1));
        Actors.as(Given.superAdmin().create())
                .get("/api/admin/activities/summary?days=366")
                .then()
                .statusCode(200)
                .body("recentActivities", hasSize(20));
    }

    @Test
    void anAdminIsInItsOwnScope() {
        TestUser admin = quietAdminOf();
        ago(admin, "form_automation", Duration.ofMinutes(1));

        Actors.as(admin)
                .get("/api/admin/activities/summary")
                .then()
                .body("activeUsersCount", equalTo(1))
                .body("activityByType.form_automation", equalTo(1));
    }

    @Test
    void theSummaryOfNobodyIsAllZeros() {
        TestUser admin = quietAdminOf();

        Actors.as(admin)
                .get("/api/admin/activities/summary")
                .then()
                .statusCode(200)
                .body("activeUsersCount", equalTo(0))
                .body("activityByType.values()", not(hasItem(1)))
                .body("recentActivities", hasSize(0));
    }

    @Test
    void theSummaryShowsTheTwentyNewest() {
        TestUser admin = quietAdminOf(user);
        Actors.token(user);
        IntStream.range(0, 25).forEach(this::scrape);

        List<Integer> shown = Actors.as(admin)
                .get("/api/admin/activities/summary")
                .jsonPath()
                .getList("recentActivities.details.n", Integer.class);

        assertThat(shown)
                .isEqualTo(IntStream.range(0, 20).map(i -> 24 - i).boxed().toList());
    }

    @Test
    void theSummaryLooksBackAYearAtMost() {
        TestUser admin = Given.adminOf(user);
        for (String days : List.of("0", "-1", "367", "1.5", "x", "1&days=2")) {
            Actors.as(admin)
                    .urlEncodingEnabled(false)
                    .get("/api/admin/activities/summary?days=" + days)
                    .then()
                    .statusCode(400)
                    .body("errors.field", contains("days"));
        }
        Actors.as(user).get("/api/admin/activities/summary").then().statusCode(403);
    }

    /** An admin is in its own scope, so its login would be counted, too. */
    private static TestUser quietAdminOf(TestUser... users) {
        TestUser admin = Given.adminOf(users);
        Actors.token(admin);
        Database.execute("delete from user_activities where user_id = ?", admin.id());
        return admin;
    }

    private Response post(Map<String, ?> body) {
        return Actors.as(user).body(body).post("/api/activities");
    }

    /** One more, a millisecond after the one before. */
    private String scrape(int n) {
        clock.advance(Duration.ofMillis(2));
        return post(Map.of("activityType", "scrape", "details", Map.of("n", n))).path("id");
    }

    private void past(String time) {
        at(user, "scrape", time);
    }

    private void ago(TestUser whose, String type, Duration ago) {
        at(whose, type, clock.instant().minus(ago).toString());
    }

    private static void at(TestUser whose, String type, String time) {
        Database.execute(
                "insert into user_activities (id, user_id, activity_type, created_at)"
                        + " values (uuidv7(), ?, ?, cast(? as timestamptz))",
                whose.id(),
                type,
                time);
    }

    private Response list(String query) {
        return Actors.as(user).get(user.path("/activities") + query);
    }

    private long ofType(String type) {
        return Database.number(
                "select count(*) from user_activities where user_id = ? and activity_type = ?", user.id(), type);
    }
}
