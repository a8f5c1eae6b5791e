package io.usher.fieldwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import io.usher.security.Fixtures;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@UsherTest
class DispenserTest {
    @Inject
    MutableClock clock;

    @Inject
    DispenserService service;

    @Inject
    Fixtures fixtures;

    private TestUser user;

    @BeforeEach
    void arrange() {
        user = Given.customer().create();
    }

    @Test
    void isMadeAndThenReplaced() {
        Response made = put(
                "W-1", Map.of("visitId", " V-1 ", "dispenserData", Map.of("a", List.of(1, 2)), "metadata", Map.of()));
        made.then()
                .statusCode(201)
                .header("Location", endsWith(user.path("/dispensers/W-1")))
                .body("userId", equalTo(user.id().toString()))
                .body("workOrderId", equalTo("W-1"))
                .body("visitId", equalTo("V-1"))
                .body("dispenserData.a", equalTo(List.of(1, 2)))
                .body("metadata", equalTo(Map.of()));
        Instant createdAt = Instant.parse(made.path("createdAt"));
        clock.advance(Duration.ofMinutes(1));

        Response replaced = put("W-1", Map.of("dispenserData", Map.of("b", 3)));

        replaced.then()
                .statusCode(200)
                .body("id", equalTo(made.path("id")))
                .body("visitId", nullValue())
                .body("dispenserData", equalTo(Map.of("b", 3)))
                .body("metadata", nullValue())
                .body("createdAt", equalTo(createdAt.toString()));
        assertThat(Instant.parse(replaced.path("updatedAt"))).isAfter(createdAt.plusSeconds(59));
        get("/W-1").then().statusCode(200).body("", equalTo(replaced.jsonPath().getMap("")));
    }

    @Test
    void theSameAgainIsAnUpdate() {
        Map<String, ?> body = Map.of("dispenserData", Map.of("a", 1));
        Instant first = Instant.parse(put("W-1", body).path("updatedAt"));
        clock.advance(Duration.ofSeconds(5));

        Response again = put("W-1", body);

        again.then().statusCode(200);
        assertThat(Instant.parse(again.path("updatedAt"))).isAfterOrEqualTo(first.plusSeconds(5));
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void aClockThatIsBehindPutsNothingBackInTheOrder() {
        Instant first =
                Instant.parse(put("W-1", Map.of("dispenserData", Map.of())).path("updatedAt"));
        clock.advance(Duration.ofHours(-1));

        put("W-1", Map.of("dispenserData", Map.of())).then().body("updatedAt", equalTo(first.toString()));
    }

    @Test
    void isDeletedOnce() {
        put("W-1", Map.of("dispenserData", Map.of()));

        delete("W-1").then().statusCode(204);

        for (Response gone :
                List.of(delete("W-1"), get("/W-1"), get("/never"), get("/%00"), get("/" + "a".repeat(101)))) {
            gone.then().statusCode(404).body("code", equalTo("not_found"));
        }
    }

    @Test
    void workOrdersAreNamedFreely() {
        for (String id : List.of("W 1/2 ?&#+%", "W-1;2", "Ünïcode 😀", "...", "a".repeat(100), "-1", "null")) {
            String path = user.path("/dispensers/{id}");
            Response made = Actors.as(user)
                    .pathParam("id", id)
                    .body(Map.of("dispenserData", Map.of()))
                    .put(path);
            made.then().statusCode(201).body("workOrderId", equalTo(id));
            Actors.as(user)
                    .urlEncodingEnabled(false)
                    .get(made.header("Location"))
                    .then()
                    .statusCode(200)
                    .body("id", equalTo(made.path("id")));
        }
        for (String id : List.of("%20", "%20a", "a%20", "%00", "a%0Ab", "a".repeat(101))) {
            Actors.as(user)
                    .urlEncodingEnabled(false)
                    .body(Map.of("dispenserData", Map.of()))
                    .put(user.path("/dispensers/" + id))
                    .then()
                    .statusCode(400)
                    .body("errors.field", hasItems("workOrderId"));
        }
    }

    @Test
    void refusesWhatIsNotValidAndWritesNothing() {
        put("W-1", Map.of("visitId", "v".repeat(101), "x", 1, "metadata", List.of()))
                .then()
                .statusCode(400)
                .body("errors.field", containsInAnyOrder("visitId", "dispenserData", "x", "metadata"));
        put(
                        "W-1",
                        Map.of(
                                "dispenserData",
                                Map.of("a", "x".repeat(256 * 1024)),
                                "metadata",
                                Map.of("a", "x".repeat(64 * 1024))))
                .then()
                .statusCode(400)
                .body("errors.field", containsInAnyOrder("dispenserData", "metadata"))
                .body("errors.code", equalTo(List.of("size", "size")));
        for (String number : List.of("1e309", "-1e400", "1e-400", "1e99999999999", "1".repeat(400))) {
            putText("{\"dispenserData\":{\"a\":[" + number + "]}}").then().statusCode(400);
        }
        String expanding = "1e300,".repeat(2000) + "1";
        putText("{\"dispenserData\":{\"a\":[" + expanding + "]}}")
                .then()
                .statusCode(400)
                .body("errors.code", equalTo(List.of("size")));
        assertThat(rows()).isZero();
    }

    @Test
    void takesAsMuchAsItSays() {
        String data = "x".repeat(256 * 1024 - "{\"a\":\"\"}".length());

        put("W-1", Map.of("dispenserData", Map.of("a", data)))
                .then()
                .statusCode(201)
                .body("dispenserData.a", equalTo(data));
    }

    @Test
    void listsTheNewestUpdateFirst() {
        for (String id : List.of("W-1", "W-2", "W-3", "W-1")) {
            put(id, Map.of("dispenserData", Map.of()));
            clock.advance(Duration.ofSeconds(1));
        }
        TestUser other = Given.customer().create();
        Actors.as(other).body(Map.of("dispenserData", Map.of())).put(other.path("/dispensers/W-1"));

        assertThat(workOrders(get(""))).isEqualTo(List.of("W-1", "W-3", "W-2"));
        get("?workOrderId=W-3")
                .then()
                .body("items.workOrderId", equalTo(List.of("W-3")))
                .body("total", equalTo(1));
        get("?workOrderId=W-4").then().body("items", equalTo(List.of())).body("total", equalTo(0));
        get("?offset=1&limit=1&count=none")
                .then()
                .body("items.workOrderId", equalTo(List.of("W-3")))
                .body("total", nullValue());
        get("?offset=3").then().body("items", equalTo(List.of())).body("total", equalTo(3));
        get("?limit=0&sort=x").then().statusCode(400).body("errors.field", hasItems("limit", "sort"));
        get("?cursor=x").then().statusCode(400).body("code", equalTo("invalid_cursor"));
    }

    @Test
    void pagesStayStableWhileRecordsAreAdded() {
        for (int i = 0; i < 5; i++) {
            put("W-" + i, Map.of("dispenserData", Map.of()));
        }
        List<String> seen = new ArrayList<>();
        String query = "?limit=2";
        for (int page = 0; page < 3; page++) {
            Response answer = get(query);
            seen.addAll(workOrders(answer));
            query = "?limit=2&cursor=" + answer.path("nextCursor");
            put("later-" + page, Map.of("dispenserData", Map.of()));
        }
        assertThat(seen).containsExactlyInAnyOrder("W-0", "W-1", "W-2", "W-3", "W-4");
        assertThat(query).endsWith("cursor=null");
    }

    @Test
    void aPageEndsWhereItGetsTooLarge() {
        String data = "x".repeat(250 * 1024);
        IntStream.range(0, 40).forEach(i -> put("W-" + i, Map.of("dispenserData", Map.of("a", data)))
                .then()
                .statusCode(201));

        Response first = get("?limit=100");
        Response second = get("?limit=100&cursor=" + first.path("nextCursor"));

        assertThat(first.asString().length()).isBetween(8 << 20, 9 << 20);
        assertThat(workOrders(first)).hasSizeBetween(32, 34);
        assertThat(second.<String>path("nextCursor")).isNull();
        List<String> all = new ArrayList<>(workOrders(first));
        all.addAll(workOrders(second));
        assertThat(all).hasSize(40).doesNotHaveDuplicates();
        first.then().body("total", equalTo(40)).body("limit", equalTo(100));
    }

    @Test
    void twentyAtOnceMakeOneRecord() {
        Actors.token(user);

        List<Integer> statuses = Parallel.times(
                20, 20, i -> put("W-1", Map.of("dispenserData", Map.of("n", i))).statusCode());

        assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 200);
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void adminsReachThoseOfTheirUsersByEitherId() {
        TestUser admin = Given.adminOf(user);
        Actors.as(admin)
                .body(Map.of("dispenserData", Map.of()))
                .put("/api/users/" + user.v1Id() + "/dispensers/W-1")
                .then()
                .statusCode(201)
                .header("Location", endsWith(user.path("/dispensers/W-1")));
        Actors.as(admin).get("/api/users/" + user.v1Id() + "/dispensers").then().body("total", equalTo(1));
    }

    @Test
    void aMigrationStoresManyAtOnceWithTheTimesThatTheyHad() {
        TestUser other = Given.customer().create();
        Instant old = Instant.parse("2023-05-06T07:08:09.123Z");
        put("there", Map.of("dispenserData", Map.of("n", 0)));
        List<NewDispenser> records = List.of(
                record(user, "W-1", old, 1),
                record(user, "W-1", old.plusSeconds(1), 2),
                record(user, "W-1", old.minusSeconds(1), 3),
                record(user, "there", old, 4),
                record(other, "W-1", old, 5));

        assertThat(store(records)).isEqualTo(2);
        assertThat(store(records)).isZero();
        assertThat(store(List.of())).isZero();

        Actors.as(user)
                .get(user.path("/dispensers/W-1"))
                .then()
                .body("dispenserData.n", equalTo(2))
                .body("visitId", nullValue())
                .body("metadata", nullValue())
                .body("createdAt", equalTo("2023-05-06T07:08:10.123Z"))
                .body("updatedAt", equalTo("2023-05-06T07:08:10.123Z"));
        get("/there").then().body("dispenserData.n", equalTo(0));
        Actors.as(other)
                .get(other.path("/dispensers/W-1"))
                .then()
                .body("visitId", equalTo("V-5"))
                .body("metadata", equalTo(Map.of("n", 5)));
    }

    @Test
    void whatAMigrationStoresGoesWithItsTransaction() {
        assertThatThrownBy(() -> fixtures.run(() ->
                        Panache.withTransaction(() -> service.storeAll(List.of(record(user, "W-9", Instant.EPOCH, 6)))
                                .chain(() -> Uni.createFrom().<Integer>failure(new IllegalStateException())))))
                .isInstanceOf(IllegalStateException.class);

        assertThat(rows()).isZero();
    }

    private int store(List<NewDispenser> records) {
        return fixtures.run(() -> Panache.withTransaction(() -> service.storeAll(records)));
    }

    private static NewDispenser record(TestUser of, String workOrderId, Instant timestamp, int n) {
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("n", n);
        return new NewDispenser(of.id(), workOrderId, n == 5 ? "V-5" : null, data, n == 5 ? data : null, timestamp);
    }

    private static List<String> workOrders(Response page) {
        return page.jsonPath().getList("items.workOrderId");
    }

    private Response put(String workOrderId, Map<String, ?> body) {
        return Actors.as(user).body(body).put(user.path("/dispensers/" + workOrderId));
    }

    private Response putText(String body) {
        return Actors.as(user).body(body).put(user.path("/dispensers/W-1"));
    }

    private Response get(String suffix) {
        return Actors.as(user).urlEncodingEnabled(false).get(user.path("/dispensers") + suffix);
    }

    private Response delete(String workOrderId) {
        return Actors.as(user).delete(user.path("/dispensers/" + workOrderId));
    }

    private long rows() {
        return Database.number("select count(*) from dispenser_records where user_id = ?", user.id());
    }
}
