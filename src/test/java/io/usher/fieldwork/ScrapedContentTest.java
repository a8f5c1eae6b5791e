package io.usher.fieldwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@UsherTest
class ScrapedContentTest {
    private static final String SOURCE = "https://app.example.com/work-orders";

    @Inject
    MutableClock clock;

    private TestUser user;

    @BeforeEach
    void arrange() {
        user = Given.customer().create();
    }

    @Test
    void storesWhatIsNew() {
        post("orders", SOURCE, "{\"b\": [1, \"\\u00e9\"], \"a\": null}")
                .then()
                .statusCode(201)
                .body("changed", equalTo(true))
                .body("userId", equalTo(user.id().toString()))
                .body("contentType", equalTo("orders"))
                .body("sourceUrl", equalTo(SOURCE))
                .body("content.b", equalTo(List.of(1, "é")))
                .body("checksum", equalTo("f8f17faab95c024891d173fa43442b0e52007736a1f36715ac721ab22deeefc5"));
    }

    @Test
    void theSameContentIsNoChangeHoweverItIsWritten() {
        Response first = post("orders", SOURCE, "{\"a\": 1.50, \"b\": {\"c\": 1e3, \"d\": \"x\"}}");
        clock.advance(Duration.ofMinutes(10));

        Response again = post("orders", SOURCE, "{ \"b\" : {\"d\":\"\\u0078\",\"c\":1000}, \"a\": 1.5 }");

        again.then()
                .statusCode(200)
                .body("changed", equalTo(false))
                .body("id", equalTo(first.path("id")))
                .body("createdAt", equalTo(first.path("createdAt")));
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void isComparedWithTheNewestOfItsPlaceOnly() {
        post("orders", SOURCE, "{\"n\":1}").then().statusCode(201);
        post("orders", SOURCE, "{\"n\":2}").then().statusCode(201);
        post("orders", SOURCE, "{\"n\":1}").then().statusCode(201).body("changed", equalTo(true));
        post("orders", SOURCE + "?page=2", "{\"n\":1}").then().statusCode(201);
        post("orders", null, "{\"n\":1}").then().statusCode(201).body("sourceUrl", nullValue());
        post("orders", null, "{\"n\":1}").then().statusCode(200);
        post("visits", SOURCE, "{\"n\":1}").then().statusCode(201);
        TestUser other = Given.customer().create();
        post(other, "orders", SOURCE, "{\"n\":1}", null).then().statusCode(201);
        assertThat(rows()).isEqualTo(6);
    }

    @Test
    void aChecksumOfTheClientsOwnDecides() {
        post(user, "orders", SOURCE, "{\"n\":1}", "v1").then().statusCode(201).body("checksum", equalTo("v1"));
        post(user, "orders", SOURCE, "{\"n\":2}", "v1")
                .then()
                .statusCode(200)
                .body("changed", equalTo(false))
                .body("content.n", equalTo(1));
        post(user, "orders", SOURCE, "{\"n\":2}", "V1").then().statusCode(201);
        post(user, "orders", SOURCE, "{\"id\":9007199254740993}", "v3").then().statusCode(201);
    }

    @Test
    void aWholeNumberThatTheChecksumWouldRoundIsRefused() {
        post("orders", SOURCE, "{\"items\":[{\"id\":9007199254740993}]}")
                .then()
                .statusCode(400)
                .body("errors.field", equalTo(List.of("content")))
                .body("errors.code", equalTo(List.of("precision")));
        assertThat(rows()).isZero();
    }

    @Test
    void theNewestIsTheOneThatWasStoredLastWhateverTheClocksSay() {
        post("orders", SOURCE, "{\"n\":1}").then().statusCode(201);
        clock.advance(Duration.ofMinutes(-10));

        post("orders", SOURCE, "{\"n\":2}").then().statusCode(201);
        post("orders", SOURCE, "{\"n\":2}").then().statusCode(200);
        post("orders", SOURCE, "{\"n\":1}").then().statusCode(201);

        assertThat(list("").jsonPath().getList("items.content.n")).isEqualTo(List.of(1, 2, 1));
    }

    @Test
    void twentyAtOnceWithTheSameContentMakeOneRow() {
        Actors.token(user);

        List<Response> answers = Parallel.times(20, 20, i -> post("orders", SOURCE, "{\"n\":1}"));

        assertThat(answers)
                .extracting(Response::statusCode)
                .containsOnlyOnce(201)
                .containsOnly(200, 201);
        assertThat(new HashSet<>(answers.stream().map(a -> a.<String>path("id")).toList()))
                .hasSize(1);
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void differentContentsAtOnceAreOneChain() {
        Actors.token(user);

        List<Integer> statuses = Parallel.times(
                60, 20, i -> post("orders", SOURCE, "{\"n\":" + i % 3 + "}").statusCode());

        assertThat(statuses).containsOnly(200, 201);
        assertThat(rows()).isEqualTo(statuses.stream().filter(s -> s == 201).count());
        assertThat(Database.number(
                        "select count(*) from (select checksum = lag(checksum) over w as same, created_at = lag(created_at) over w as tie"
                                + " from scraped_contents where user_id = ? window w as (order by created_at, id)) c where same or tie",
                        user.id()))
                .isZero();
    }

    @Test
    void refusesWhatIsNotValidAndWritesNothing() {
        post(user, " ", "s".repeat(2049), "[]", "a b")
                .then()
                .statusCode(400)
                .body("errors.field", containsInAnyOrder("contentType", "sourceUrl", "content", "checksum"));
        post(user, "t".repeat(101), null, "{}", "")
                .then()
                .statusCode(400)
                .body("errors.field", hasItems("contentType", "checksum"));
        post(user, "orders", null, "{\"a\":1,\"a\":2}", null)
                .then()
                .statusCode(400)
                .body("code", equalTo("malformed_json"));
        for (String content : List.of("{\"a\":\"\\ud800\"}", "{\"\\u0000\":1}", "{\"a\":1e400}", "{\"a\":-1e-400}")) {
            post("orders", null, content).then().statusCode(400).body("errors.field", equalTo(List.of("content")));
        }
        assertThat(rows()).isZero();
    }

    @Test
    void takesAMebibyteAndNoMore() {
        String most = "{\"a\":\"" + "x".repeat((1 << 20) - 8) + "\"}";

        post("orders", SOURCE, most).then().statusCode(201);
        post("orders", SOURCE, most.replace("\"}", "x\"}"))
                .then()
                .statusCode(400)
                .body("errors.code", equalTo(List.of("size")));
        post("orders", SOURCE, "{\"a\":[" + "1e300,".repeat(3500) + "1]}")
                .then()
                .statusCode(400)
                .body("errors.code", equalTo(List.of("size")));
    }

    @Test
    void listsTheNewestFirst() {
        post("orders", SOURCE, "{\"n\":1}");
        post("orders", null, "{\"n\":2}");
        clock.advance(Duration.ofMinutes(1));
        String later = post("visits", SOURCE, "{\"n\":3}").path("createdAt");

        assertThat(numbers(list(""))).isEqualTo(List.of(3, 2, 1));
        assertThat(numbers(list("?contentType=orders"))).isEqualTo(List.of(2, 1));
        assertThat(numbers(list("?sourceUrl=" + SOURCE))).isEqualTo(List.of(3, 1));
        assertThat(numbers(list("?sourceUrl=" + SOURCE + "&contentType=orders")))
                .isEqualTo(List.of(1));
        assertThat(numbers(list("?since=" + later))).isEqualTo(List.of(3));
        list("?contentType=none").then().body("items", equalTo(List.of())).body("total", equalTo(0));
        list("?offset=1&limit=1")
                .then()
                .body("items.content.n", equalTo(List.of(2)))
                .body("total", equalTo(3));
        list("?since=x&contentType=" + "a".repeat(101) + "&x=1")
                .then()
                .statusCode(400)
                .body("errors.field", containsInAnyOrder("since", "contentType", "x"));
    }

    @Test
    void pagesHoldWhatFitsAndGoOn() {
        IntStream.range(0, 10)
                .forEach(i -> post("orders", SOURCE, "{\"n\":" + i + ",\"a\":\"" + "x".repeat(1_000_000) + "\"}"));
        List<Integer> seen = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            Response page = list("?limit=100" + cursor);
            seen.addAll(numbers(page));
            cursor = page.path("nextCursor") == null ? null : "&cursor=" + page.path("nextCursor");
            post("orders", "https://other.example.com", "{\"n\":" + seen.size() + "}");
        }
        assertThat(seen).isEqualTo(List.of(9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
        assertThat(numbers(list("?limit=100&sourceUrl=" + SOURCE))).hasSize(9);
    }

    @Test
    void longSourcesAreTold() {
        String one = "https://example.com/" + "é漢".repeat(1000);
        post("orders", one + "1", "{}").then().statusCode(201);
        post("orders", one + "2", "{}").then().statusCode(201);
        post("orders", one + "1", "{}").then().statusCode(200);
    }

    private static List<Integer> numbers(Response page) {
        page.then().statusCode(200);
        return page.jsonPath().getList("items.content.n");
    }

    private Response post(String type, @Nullable String source, String content) {
        return post(user, type, source, content, null);
    }

    private static Response post(
            TestUser of, String type, @Nullable String source, String content, @Nullable String checksum) {
        Map<String, String> texts = new HashMap<>();
        texts.put("contentType", type);
        texts.put("sourceUrl", source);
        texts.put("checksum", checksum);
        StringBuilder body = new StringBuilder("{\"content\":").append(content);
        texts.forEach((name, text) -> {
            if (text != null) {
                body.append(",\"").append(name).append("\":\"").append(text).append('"');
            }
        });
        return Actors.as(of).body(body.append('}').toString()).post(of.path("/scraped-content"));
    }

    private Response list(String query) {
        return Actors.as(user).get(user.path("/scraped-content") + query);
    }

    private long rows() {
        return Database.number("select count(*) from scraped_contents where user_id = ?", user.id());
    }
}
