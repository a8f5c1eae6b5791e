package io.usher.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Provers one by one, and as a part of the prover preference: one truth. */
@UsherTest
class ProverTest {
    @Inject
    MutableClock clock;

    private TestUser user;
    private PreferenceCalls own;

    @BeforeEach
    void arrange() {
        user = Given.customer().create();
        own = PreferenceCalls.own(user);
    }

    @Test
    void aProverIsWholeWithItsDefaults() {
        own.putProver("P-7", Map.of("serial", " SN-1 ", "make", " ", "preferred_fuel_types", List.of("Diesel", "E85")))
                .then()
                .statusCode(200)
                .body("proverId", equalTo("P-7"))
                .body("serial", equalTo("SN-1"))
                .body("make", nullValue())
                .body("preferredFuelType", nullValue())
                .body("preferredFuelTypes", equalTo(List.of("Diesel", "E85")))
                .body("priority", equalTo(1))
                .body("fullText", nullValue());
        own.putProver("P-7", Map.of("proverId", "P-7", "priority", 3)).then().statusCode(200);

        own.provers()
                .then()
                .statusCode(200)
                .body("total", equalTo(1))
                .body("items[0].serial", nullValue())
                .body("items[0].preferredFuelTypes", hasSize(0))
                .body("items[0].priority", equalTo(3));
    }

    @Test
    void theCategoryAndTheRowsAreOneTruth() {
        own.provers().then().statusCode(200).body("items", hasSize(0));
        own.putProver("B", Map.of());
        own.get("prover")
                .then()
                .statusCode(200)
                .body("settings.provers.proverId", equalTo(List.of("B")))
                .body("settings.workWeekPreference", nullValue());

        put("A", "C");
        assertThat(Database.text("select settings::text from user_preferences where user_id = ?", user.id()))
                .doesNotContain("proverId");
        assertThat(ids(own.provers(), "items")).containsExactly("A", "C");
        own.putProver("B", Map.of("priority", 0));
        assertThat(ids(own.get("prover"), "settings.provers")).containsExactly("B", "A", "C");
        assertThat(ids(own.list(), "items[0].settings.provers")).containsExactly("B", "A", "C");
        own.deleteProver("A").then().statusCode(204);
        assertThat(ids(own.get("prover"), "settings.provers")).containsExactly("B", "C");

        own.delete("prover").then().statusCode(204);
        own.provers().then().body("items", hasSize(0));
        assertThat(Database.text(
                        "select settings::text from user_preferences where settings ? 'provers' and user_id = '"
                                        .replace("?", "??")
                                + user.id() + "'"))
                .isNull();
    }

    @Test
    void theLastOneCanGoAndThePreferenceStays() {
        own.put("prover", Map.of("provers", List.of(Map.of("proverId", "A")), "workWeekPreference", week()));
        own.deleteProver("A").then().statusCode(204);

        own.get("prover")
                .then()
                .statusCode(200)
                .body("settings.provers", hasSize(0))
                .body("settings.workWeekPreference.startDay", equalTo(1));
        own.deleteProver("A").then().statusCode(404).body("code", equalTo("not_found"));
    }

    @Test
    void lastUpdatedMovesWithEveryChange() {
        Instant first = lastUpdated(put("A"));
        clock.advance(Duration.ofMinutes(1));
        own.putProver("B", Map.of());
        Instant second = lastUpdated(own.get("prover"));
        assertThat(second).isAfterOrEqualTo(first.plusSeconds(60));
        own.deleteProver("C").then().statusCode(404);
        assertThat(lastUpdated(own.get("prover"))).isEqualTo(second);
        clock.advance(Duration.ofMinutes(1));
        own.deleteProver("B").then().statusCode(204);
        assertThat(lastUpdated(own.get("prover"))).isAfterOrEqualTo(second.plusSeconds(60));
        own.put("prover", Map.of("lastUpdated", "2020-05-05T05:05:05.123456Z"));
        own.get("prover").then().body("settings.lastUpdated", equalTo("2020-05-05T05:05:05.123Z"));
    }

    @Test
    void theyAreListedByPriorityThenById() {
        own.put(
                "prover",
                Map.of(
                        "provers",
                        List.of(
                                Map.of("proverId", "b"),
                                Map.of("proverId", "z", "priority", 0),
                                Map.of("proverId", "B"),
                                Map.of("proverId", "a", "priority", 10),
                                Map.of("proverId", "10"),
                                Map.of("proverId", "9"))));

        assertThat(ids(own.provers(), "items")).containsExactly("z", "10", "9", "B", "b", "a");
        assertThat(ids(own.get("prover"), "settings.provers")).containsExactly("z", "10", "9", "B", "b", "a");
    }

    @Test
    void everyFaultIsNamedWhereItIs() {
        own.put(
                        "prover",
                        Map.of(
                                "provers",
                                List.of(
                                        Map.of("proverId", "A"),
                                        Map.of("proverId", "B", "colour", "red"),
                                        Map.of("proverId", " A ", "priority", -1),
                                        Map.of("serial", "x".repeat(101)),
                                        Map.of("proverId", "a/b", "preferredFuelTypes", List.of("E85", " "))),
                                "workWeekPreference",
                                Map.of("startDay", 9, "endDay", 5)))
                .then()
                .statusCode(400)
                .body(
                        "errors.field.sort()",
                        equalTo(List.of(
                                "settings.provers[1].colour",
                                "settings.provers[2].priority",
                                "settings.provers[2].proverId",
                                "settings.provers[3].proverId",
                                "settings.provers[3].serial",
                                "settings.provers[4].preferredFuelTypes[1]",
                                "settings.provers[4].proverId",
                                "settings.workWeekPreference.startDay")));
        own.put("prover", Map.of("provers", List.of(Map.of("proverId", "A"), Map.of("prover_id", "A"))))
                .then()
                .statusCode(400)
                .body("errors.field", equalTo(List.of("settings.provers[1].proverId")))
                .body("errors.code", equalTo(List.of("unique")));
        own.putProver("P", Map.of("proverId", "Q"))
                .then()
                .statusCode(400)
                .body("errors.field", equalTo(List.of("proverId")));
        own.putProver("P", Map.of("priority", 1_000_001, "fuel", 1))
                .then()
                .statusCode(400)
                .body("errors.field.sort()", equalTo(List.of("fuel", "priority")));
        own.get("prover").then().statusCode(404);
        assertThat(own.activities()).isEmpty();
    }

    @Test
    void idsAreWhatCanStandInAPath() {
        for (String id : List.of("P 7", "ü", "💩", "a'b;--", "%41", "7", "null", "...", "x".repeat(100))) {
            own.putProver(id, Map.of()).then().statusCode(200).body("proverId", equalTo(id));
            assertThat(ids(own.provers(), "items")).containsExactly(id);
            own.deleteProver(id).then().statusCode(204);
        }
        for (String id : List.of("x".repeat(101), "a/b", "a\\b", "a\u0000b", "a\u009fb", " ")) {
            own.putProver(id, Map.of()).then().statusCode(400).body("errors[0].field", equalTo("proverId"));
            own.deleteProver(id).then().statusCode(404).body("code", equalTo("not_found"));
        }
    }

    @Test
    void thereAreSoManyAndNoMore() {
        List<Map<String, Object>> most = IntStream.range(0, ProverSettings.MAX_PROVERS)
                .mapToObj(i -> Map.<String, Object>of("proverId", "P-" + i))
                .toList();
        own.put("prover", Map.of("provers", most)).then().statusCode(200);

        own.putProver("P-0", Map.of("priority", 2)).then().statusCode(200);
        own.putProver("one-more", Map.of()).then().statusCode(409).body("code", equalTo("conflict"));
        own.provers().then().body("total", equalTo(ProverSettings.MAX_PROVERS));
        List<Map<String, Object>> more = new ArrayList<>(most);
        more.add(Map.of("proverId", "one-more"));
        own.put("prover", Map.of("provers", more))
                .then()
                .statusCode(400)
                .body("errors.field", equalTo(List.of("settings.provers")));
        assertThat(own.activities()).hasSize(2);
    }

    @Test
    void noMoreAlsoWhereManyAreMadeAtOnce() {
        List<Map<String, Object>> some = IntStream.range(0, ProverSettings.MAX_PROVERS - 5)
                .mapToObj(i -> Map.<String, Object>of("proverId", "P-" + i))
                .toList();
        own.put("prover", Map.of("provers", some)).then().statusCode(200);

        List<Integer> statuses =
                Parallel.times(20, 16, i -> own.putProver("N-" + i, Map.of()).statusCode());

        assertThat(statuses).containsOnly(200, 409);
        assertThat(statuses.stream().filter(s -> s == 200)).hasSize(5);
        own.provers().then().body("total", equalTo(ProverSettings.MAX_PROVERS));
    }

    @Test
    void setsThatArePutAtOnceDoNotMix() {
        Actors.token(user);
        String[] first = {"A1", "A2", "A3", "S"};
        String[] second = {"B1", "B2", "S"};
        List<Integer> statuses = Parallel.times(60, 16, i -> switch (i % 4) {
            case 0 -> put(first).statusCode();
            case 1 -> put(second).statusCode();
            case 2 -> own.putProver("X", Map.of("priority", i)).statusCode();
            default -> own.delete("prover").statusCode();
        });

        assertThat(statuses).containsOnly(200, 204, 404);
        put(first);
        List<Integer> more = Parallel.times(
                60, 16, i -> (i % 3 == 0 ? put(first) : i % 3 == 1 ? put(second) : own.putProver("X", Map.of()))
                        .statusCode());
        assertThat(more).containsOnly(200);
        Set<String> left = new TreeSet<>(ids(own.provers(), "items"));
        left.remove("X");
        assertThat(left).isIn(Set.of(first), Set.of(second));
        assertThat(ids(own.get("prover"), "settings.provers")).isEqualTo(ids(own.provers(), "items"));
    }

    @Test
    void noRowsWithoutTheirPreference() {
        assertThat(catchThrowable(() -> Database.execute(
                        "insert into prover_settings (user_id, prover_id, created_at, updated_at)"
                                + " values (?, 'stray', now(), now())",
                        user.id())))
                .rootCause()
                .hasMessageContaining("foreign key");
    }

    private Response put(String... ids) {
        List<Map<String, String>> provers =
                Arrays.stream(ids).map(id -> Map.of("proverId", id)).toList();
        return own.put("prover", Map.of("provers", provers));
    }

    private static Map<String, ?> week() {
        return Map.of("startDay", 1, "endDay", 5);
    }

    private static Instant lastUpdated(Response response) {
        return Instant.parse(response.<String>path("settings.lastUpdated"));
    }

    private static List<String> ids(Response response, String list) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return response.jsonPath().getList(list + ".proverId", String.class);
    }
}
