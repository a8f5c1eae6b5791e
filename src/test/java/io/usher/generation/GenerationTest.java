package io.usher.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.Response;
import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.Parallel;
import io.usher.testing.RealServers;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@UsherTest
class GenerationTest {
    private TestUser user;

    @BeforeEach
    void arrange() {
        user = Given.customer().create();
    }

    @Test
    void beginsAndCharges() {
        Response created = create(
                user,
                Map.of(
                        "type",
                        "image",
                        "prompt",
                        "A lighthouse",
                        "model",
                        "m-1",
                        "metadata",
                        Map.of("a", List.of(1)),
                        "cost",
                        3));

        String id = created.then()
                .statusCode(201)
                .body("userId", equalTo(user.id().toString()))
                .body("status", equalTo("pending"))
                .body("cost", equalTo(3))
                .body("ipAddress", equalTo("127.0.0.1"))
                .body("metadata.a", equalTo(List.of(1)))
                .body("quota.used", equalTo(3))
                .body("quota.remaining", equalTo(47))
                .extract()
                .path("id");
        assertThat(created.header("Location")).endsWith("/api/generations/" + id);
        Map<String, Object> read = get(user, id).jsonPath().getMap("");
        assertThat(created.jsonPath().getMap("")).containsAllEntriesOf(read);
    }

    @Test
    void anExceededQuotaMakesNoRow() {
        create(user, Map.of("type", "video", "cost", 11))
                .then()
                .statusCode(429)
                .body("code", equalTo("quota_exceeded"));
        create(user, Map.of("type", "video", "cost", 10)).then().statusCode(201);
        create(user, Map.of("type", "video")).then().statusCode(429);

        assertThat(rows(user)).isEqualTo(1);
    }

    @Test
    void refusesWhatIsNone() {
        create(user, Map.of("type", "audio")).then().statusCode(400).body("errors[0].field", equalTo("type"));
        create(
                        user,
                        Map.of(
                                "type",
                                "image",
                                "cost",
                                0,
                                "prompt",
                                "x".repeat(20_001),
                                "metadata",
                                Map.of("a", "é".repeat(33_000))))
                .then()
                .statusCode(400)
                .body("errors.field", hasItems("cost", "prompt", "metadata"));
        create(user, Map.of("type", "image", "metadata", List.of())).then().statusCode(400);
        assertThat(rows(user)).isZero();
        assertThat(used(user, "image")).isZero();
    }

    @Test
    void completesOnce() {
        String id = begin(user, "image", 1);

        end(user, id, Map.of("status", "completed", "mediaUrl", "https://media.example.com/1.png"))
                .then()
                .statusCode(200)
                .body("status", equalTo("completed"))
                .body("mediaUrl", equalTo("https://media.example.com/1.png"))
                .body("completedAt", notNullValue())
                .body("refunded", equalTo(false));
        end(user, id, Map.of("status", "failed")).then().statusCode(409).body("code", equalTo("conflict"));
        assertThat(used(user, "image")).isEqualTo(1);
    }

    @Test
    void aFailureGivesBackOnce() {
        begin(user, "image", 2);
        String id = begin(user, "image", 5);

        end(user, id, Map.of("status", "failed", "error", "Out of paint"))
                .then()
                .statusCode(200)
                .body("error", equalTo("Out of paint"))
                .body("mediaUrl", nullValue())
                .body("refunded", equalTo(true));
        end(user, id, Map.of("status", "failed")).then().statusCode(409);
        assertThat(used(user, "image")).isEqualTo(2);
    }

    @Test
    void twentyEndsAtOnceAreOneEnd() {
        begin(user, "image", 10);
        String id = begin(user, "image", 5);

        List<Integer> statuses = Parallel.times(
                20, 16, i -> end(user, id, Map.of("status", "failed")).statusCode());

        assertThat(statuses).filteredOn(s -> s == 200).hasSize(1);
        assertThat(statuses).filteredOn(s -> s == 409).hasSize(19);
        assertThat(used(user, "image")).isEqualTo(10);
    }

    @Test
    void aFailureNeverGivesBackIntoAnotherWindow() {
        String id = begin(user, "image", 5);
        Database.execute(
                "update generations set window_start = window_start - interval '1 day' where id = ?",
                UUID.fromString(id));
        Database.execute(
                "update user_quotas set window_start = window_start - interval '1 day' where user_id = ?", user.id());
        begin(user, "image", 5);

        end(user, id, Map.of("status", "failed")).then().statusCode(200).body("refunded", equalTo(false));
        assertThat(used(user, "image")).isEqualTo(5);
    }

    @Test
    void aFailureNeverGivesBackIntoACountThatBeganAnew() {
        TestUser admin = Given.adminOf(user);
        String id = begin(user, "image", 5);
        Actors.as(admin)
                .body(Map.of("resource", "image"))
                .post("/api/admin/quotas/" + user.id() + "/reset")
                .then()
                .statusCode(200);
        begin(user, "image", 3);

        end(user, id, Map.of("status", "failed")).then().statusCode(200).body("refunded", equalTo(false));
        assertThat(used(user, "image")).isEqualTo(3);
    }

    @Test
    void endsWhileTheTypeChangesAllGiveBack() {
        TestUser admin = Given.adminOf(user);
        setImage(admin, "weekly", user).then().statusCode(200);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ids.add(begin(user, "image", 2));
        }

        List<Integer> statuses = Parallel.times(30, 8, i -> (i % 3 == 2
                        ? setImage(admin, i % 2 == 0 ? "daily" : "weekly", user)
                        : end(user, ids.get(i - i / 3), Map.of("status", "failed")))
                .statusCode());

        assertThat(statuses).containsOnly(200);
        assertThat(Database.number("select count(*) from generations where user_id = ? and refunded", user.id()))
                .isEqualTo(20);
        assertThat(used(user, "image")).isZero();
    }

    private static Response setImage(TestUser admin, String type, TestUser user) {
        return Actors.as(admin)
                .body(Map.of("image", Map.of("type", type, "limit", 50)))
                .put("/api/admin/quotas/" + user.id());
    }

    @Test
    void anotherUsersGenerationIsNotThere() {
        String id = begin(user, "image", 1);
        TestUser other = Given.customer().create();

        get(other, id).then().statusCode(404).body("code", equalTo("not_found"));
        end(other, id, Map.of("status", "failed")).then().statusCode(404);
        get(Given.admin().create(), id).then().statusCode(404);
        get(user, "nonsense").then().statusCode(404).body("code", equalTo("not_found"));
        get(user, UUID.randomUUID().toString()).then().statusCode(404);
        get(Given.adminOf(user), id).then().statusCode(200);
        end(Given.adminOf(user), id, Map.of("status", "completed")).then().statusCode(200);
    }

    @Test
    void theEndMustFitTheStatus() {
        String id = begin(user, "image", 1);

        end(user, id, Map.of("status", "completed", "error", "x"))
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("error"));
        end(user, id, Map.of("status", "failed", "mediaUrl", "x"))
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("mediaUrl"));
        end(user, id, Map.of("status", "pending")).then().statusCode(400).body("errors[0].field", equalTo("status"));
        end(user, id, Map.of()).then().statusCode(400).body("errors[0].field", equalTo("status"));
    }

    @Test
    void listsOnesOwnNewestFirstInPages() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(0, begin(user, i % 2 == 0 ? "image" : "video", 1));
        }
        end(user, ids.get(0), Map.of("status", "completed"));
        begin(Given.customer().create(), "image", 1);

        Response all = list(user, "");
        all.then().statusCode(200).body("total", equalTo(5)).body("nextCursor", nullValue());
        assertThat(all.jsonPath().getList("items.id")).isEqualTo(ids);
        assertThat(list(user, "?type=video").jsonPath().getList("items.id")).isEqualTo(List.of(ids.get(1), ids.get(3)));
        assertThat(list(user, "?status=completed").jsonPath().getList("items.id"))
                .isEqualTo(List.of(ids.get(0)));
        String created = get(user, ids.get(2)).path("createdAt");
        assertThat(list(user, "?since=" + created).jsonPath().getList("items.id"))
                .contains(ids.get(0), ids.get(2));
        assertThat(list(user, "?until=" + created).jsonPath().getList("items.id"))
                .doesNotContain(ids.get(2), ids.get(0));
        assertThat(pages(user)).isEqualTo(ids);
        list(user, "?offset=4&count=none")
                .then()
                .body("items.size()", equalTo(1))
                .body("total", nullValue());
        list(user, "?offset=9").then().body("items.size()", equalTo(0)).body("total", equalTo(5));
    }

    private static List<String> pages(TestUser user) {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        for (int i = 0; i < 5 && cursor != null; i++) {
            Response page = list(user, "?limit=2" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            ids.addAll(page.jsonPath().getList("items.id", String.class));
            cursor = page.path("nextCursor");
        }
        return ids;
    }

    @Test
    void adminsSeeAddressesAsWell() {
        begin(user, "image", 1);

        Actors.as(Given.adminOf(user))
                .get("/api/admin/users/" + user.id() + "/generations")
                .then()
                .statusCode(200)
                .body("items[0].email", equalTo(user.email()))
                .body("items[0].ipAddress", equalTo("127.0.0.1"));
        list(user, "?type=audio&status=x&since=y")
                .then()
                .statusCode(400)
                .body("errors.field", hasItems("type", "status", "since"));
    }

    @Test
    void noClientMakesUpItsAddress() {
        Actors.as(user)
                .header("X-Forwarded-For", "203.0.113.9")
                .header("Forwarded", "for=203.0.113.9")
                .header("X-Real-IP", "203.0.113.9")
                .body(Map.of("type", "image"))
                .post("/api/generations")
                .then()
                .statusCode(201)
                .body("ipAddress", equalTo("127.0.0.1"));
    }

    @Test
    void twoHundredAtOnceAreAsManyRowsAsTheLimit() {
        List<Integer> statuses = floodImages();

        assertExactlyFifty(statuses);
    }

    @Test
    void alsoWithoutRedis() {
        Actors.token(user);
        RealServers.stopRedis();
        List<Integer> statuses;
        try {
            statuses = floodImages();
        } finally {
            RealServers.startRedis();
        }
        assertExactlyFifty(statuses);
    }

    private List<Integer> floodImages() {
        Actors.token(user);
        return Parallel.times(
                200, 16, i -> create(user, Map.of("type", "image")).statusCode());
    }

    private void assertExactlyFifty(List<Integer> statuses) {
        assertThat(statuses).filteredOn(s -> s == 201).hasSize(50);
        assertThat(statuses).filteredOn(s -> s == 429).hasSize(150);
        assertThat(Database.number("select used from user_quotas where user_id = ?", user.id()))
                .isEqualTo(50);
        assertThat(rows(user)).isEqualTo(50);
    }

    static Response create(TestUser user, Map<String, ?> body) {
        return Actors.as(user).body(body).post("/api/generations");
    }

    static String begin(TestUser user, String type, int cost) {
        return create(user, Map.of("type", type, "cost", cost))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static Response end(TestUser user, String id, Map<String, ?> body) {
        return Actors.as(user).body(body).patch("/api/generations/" + id);
    }

    private static Response get(TestUser user, String id) {
        return Actors.as(user).get("/api/generations/" + id);
    }

    private static Response list(TestUser user, String query) {
        return Actors.as(user).get("/api/generations" + query);
    }

    static long used(TestUser user, String resource) {
        return Actors.as(user).get("/api/quotas/me").jsonPath().getLong("quotas." + resource + ".used");
    }

    private static long rows(TestUser user) {
        return Database.number("select count(*) from generations where user_id = ?", user.id());
    }
}
