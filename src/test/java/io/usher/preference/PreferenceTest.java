package io.usher.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.restassured.response.Response;
import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.Parallel;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@UsherTest
class PreferenceTest {
    private static final Map<String, ?> WEEK = Map.of("startDay", 1, "endDay", 5);

    private TestUser user;
    private PreferenceCalls own;

    @BeforeEach
    void arrange() {
        user = Given.customer().create();
        own = PreferenceCalls.own(user);
    }

    @Test
    void whatIsNotSaidGetsItsDefault() {
        own.put("email", Map.of("recipientEmail", " Ada@Example.com ", "showDate", false))
                .then()
                .statusCode(200)
                .body("userId", equalTo(user.id().toString()))
                .body("category", equalTo("email"))
                .body(
                        "settings",
                        equalTo(Map.of(
                                "recipientEmail", "ada@example.com",
                                "showJobId", true,
                                "showStoreNumber", true,
                                "showStoreName", true,
                                "showLocation", true,
                                "showDate", false,
                                "showDispensers", true)));
        own.put("work_week", WEEK)
                .then()
                .statusCode(200)
                .body(
                        "settings",
                        equalTo(Map.of(
                                "startDay",
                                1,
                                "endDay",
                                5,
                                "timezone",
                                "America/New_York",
                                "enableRolloverNotifications",
                                true)));
        own.put("notification", Map.of())
                .then()
                .statusCode(200)
                .body("settings", equalTo(Map.of("enabled", true, "email", Map.of(), "pushover", Map.of())));
        own.put("pushover", Map.of("appToken", "a", "userKey", "u"))
                .then()
                .statusCode(200)
                .body(
                        "settings",
                        equalTo(Map.of("appToken", "a", "userKey", "u", "preferences", Map.of(), "enabled", true)));
    }

    @Test
    void whatWasAnsweredIsWhatIsRead() {
        for (String category : List.of("email", "work_week", "notification", "pushover", "prover")) {
            Map<String, ?> settings =
                    switch (category) {
                        case "email" -> Map.of("recipientEmail", Given.email());
                        case "work_week" -> WEEK;
                        case "notification" -> Map.of("email", Map.of("b", List.of(1, 2.50, "ü"), "aa", Map.of()));
                        case "pushover" -> Map.of("appToken", "token", "userKey", "key", "preferences", Map.of("n", 1));
                        default -> Map.of("provers", List.of(Map.of("proverId", "7")), "workWeekPreference", WEEK);
                    };
            Response put = own.put(category, settings);
            assertThat(put.statusCode()).as(put.asString()).isEqualTo(200);
            assertThat(own.get(category).asString()).isEqualTo(put.asString());
        }
        own.list()
                .then()
                .statusCode(200)
                .body("total", equalTo(5))
                .body("items.category", equalTo(List.of("email", "pushover", "work_week", "notification", "prover")))
                .body("items[4]", equalTo(own.get("prover").jsonPath().getMap("$")));
        Actors.as(user)
                .get("/api/users/" + user.v1Id() + "/preferences/email")
                .then()
                .statusCode(200);
    }

    @Test
    void aPutPutsTheNewInThePlaceOfAllOfTheOld() {
        Response first = own.put("work_week", Map.of("startDay", 1, "endDay", 5, "timezone", "Europe/Brussels"));
        Response second = own.put("work_week", Map.of("startDay", 0, "endDay", 4));

        assertThat(second.<String>path("settings.timezone")).isEqualTo("America/New_York");
        assertThat(second.<String>path("id")).isEqualTo(first.path("id"));
        assertThat(second.<String>path("createdAt")).isEqualTo(first.path("createdAt"));
        assertThat(own.list().<Integer>path("total")).isEqualTo(1);
    }

    @Test
    void whatIsUnsetIsNotThere() {
        own.get("email").then().statusCode(404).body("code", equalTo("not_found"));
        own.delete("email").then().statusCode(404).body("code", equalTo("not_found"));
        own.put("email", Map.of("recipientEmail", Given.email()));

        own.delete("email").then().statusCode(204);

        own.get("email").then().statusCode(404);
        own.list().then().body("items", hasSize(0)).body("total", equalTo(0));
        assertThat(own.activities()).hasSize(2);
    }

    @Test
    void snakeCaseIsReadAndCamelCaseAnswered() {
        own.put("work_week", Map.of("start_day", 6, "end_day", 2, "enable_rollover_notifications", false))
                .then()
                .statusCode(200)
                .body("settings.startDay", equalTo(6))
                .body("settings.endDay", equalTo(2))
                .body("settings.enableRolloverNotifications", equalTo(false));
        own.put("notification", Map.of("email", Map.of("some_key", 1, "someKey", 2)))
                .then()
                .statusCode(200)
                .body("settings.email", equalTo(Map.of("some_key", 1, "someKey", 2)));
        own.put(
                        "prover",
                        Map.of(
                                "provers",
                                List.of(Map.of("prover_id", "p", "preferred_fuel_types", List.of("E85"))),
                                "work_week_preference",
                                Map.of("start_day", 1, "endDay", 5),
                                "last_updated",
                                "2024-02-29T12:00:00+01:00"))
                .then()
                .statusCode(200)
                .body("settings.provers[0].preferredFuelTypes", equalTo(List.of("E85")))
                .body("settings.workWeekPreference.startDay", equalTo(1))
                .body("settings.lastUpdated", equalTo("2024-02-29T11:00:00.000Z"));
        assertThat(faults(own.put("work_week", Map.of("startDay", 1, "start_day", 1, "endDay", 5))))
                .isEqualTo(Map.of("settings.startDay", "repeated"));
    }

    @Test
    void everyFaultOfABodyIsNamedAtOnce() {
        assertThat(faults(own.putBody(
                        "work_week",
                        Map.of(
                                "settings",
                                Map.of(
                                        "startDay",
                                        7,
                                        "end_day",
                                        "5",
                                        "timezone",
                                        "Mars/Olympus",
                                        "enableRolloverNotifications",
                                        1,
                                        "lunch",
                                        true),
                                "more",
                                1))))
                .isEqualTo(Map.of(
                        "settings.startDay", "range",
                        "settings.endDay", "type",
                        "settings.timezone", "format",
                        "settings.enableRolloverNotifications", "type",
                        "settings.lunch", "unknown",
                        "more", "unknown"));
        assertThat(faults(own.put("email", Map.of()))).isEqualTo(Map.of("settings.recipientEmail", "required"));
        assertThat(faults(own.put("email", Map.of("recipientEmail", "ada@localhost"))))
                .isEqualTo(Map.of("settings.recipientEmail", "format"));
        assertThat(faults(own.put("pushover", Map.of("appToken", " ", "userKey", "ü"))))
                .isEqualTo(Map.of("settings.appToken", "required", "settings.userKey", "format"));
        assertThat(faults(own.putBody("email", Map.of()))).isEqualTo(Map.of("settings", "required"));
        assertThat(faults(own.putBody("email", Map.of("settings", List.of())))).isEqualTo(Map.of("settings", "type"));
        assertThat(own.list().<Integer>path("total")).isZero();
        assertThat(own.activities()).isEmpty();
    }

    @Test
    void aCategoryThatDoesNotExistIsBadInput() {
        for (String category : List.of("theme", "EMAIL", "workWeek", "email%20", "0")) {
            for (Response response : List.of(
                    own.get(category), own.delete(category), own.put(category, WEEK), own.putBody(category, "{}"))) {
                assertThat(faults(response)).isEqualTo(Map.of("category", "enum"));
            }
        }
        own.get("theme")
                .then()
                .body("errors[0].message", equalTo("must be one of email, pushover, work_week, notification, prover"));
    }

    @Test
    void timeZonesAreThoseOfTheIana() {
        for (String zone :
                List.of("Europe/Brussels", "UTC", "Asia/Kolkata", "Etc/GMT+5", "US/Eastern", "EST", "EST5EDT")) {
            assertThat(zone(zone).<String>path("settings.timezone")).isEqualTo(zone);
        }
        for (String zone : List.of(
                "GMT+25", "UTC+5", "+01:00", "Z", "", " ", "europe/brussels", "SystemV/EST5", "Europe/Brussels ")) {
            assertThat(faults(zone(zone))).as(zone).containsOnlyKeys("settings.timezone");
        }
    }

    private Response zone(String zone) {
        return own.put("work_week", Map.of("startDay", 1, "endDay", 5, "timezone", zone));
    }

    @Test
    void documentsOfClientsAreLimited() {
        Map<String, ?> most = Map.of("a", "x".repeat(64 * 1024 - 8));
        Map<String, ?> more = Map.of("a", "x".repeat(64 * 1024 - 7));

        own.put("notification", Map.of("email", most, "pushover", most)).then().statusCode(200);
        assertThat(faults(own.put("notification", Map.of("email", more, "pushover", more))))
                .isEqualTo(Map.of("settings.email", "size", "settings.pushover", "size"));
        assertThat(faults(own.put("pushover", Map.of("appToken", "a", "userKey", "u", "preferences", more))))
                .isEqualTo(Map.of("settings.preferences", "size"));
        assertThat(faults(own.putBody("notification", "{\"settings\": {\"email\": {\"n\": 1e100000}}}")))
                .isEqualTo(Map.of("settings", "range"));
        own.putBody(
                        "notification",
                        "{\"settings\": {\"email\": {\"n\": [1.7976931348623157e308, 5e-308, 0.1, 100.0]}}}")
                .then()
                .statusCode(200);
        Response read = own.get("notification");
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.asString()).contains("0000,5E-308,0.1,100]");
        String longest = "1." + "7".repeat(343) + "e-300";
        own.putBody("notification", "{\"settings\": {\"email\": {\"n\": " + longest + "}}}")
                .then()
                .statusCode(200);
        own.get("notification").then().statusCode(200);
    }

    @Test
    void nullIsWhatIsNotSaid() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("enabled", null);
        settings.put("email", null);
        own.put("notification", settings).then().statusCode(200).body("settings.enabled", equalTo(true));
        assertThat(faults(own.put("work_week", nulls("startDay", "endDay"))))
                .isEqualTo(Map.of("settings.startDay", "required", "settings.endDay", "required"));
    }

    private static Map<String, ?> nulls(String... names) {
        Map<String, Object> nulls = new HashMap<>();
        Arrays.stream(names).forEach(name -> nulls.put(name, null));
        return nulls;
    }

    @Test
    void everyChangeIsRecordedWithWhoMadeIt() {
        TestUser admin = Given.adminOf(user);
        own.put("work_week", WEEK);
        new PreferenceCalls(admin, user).put("work_week", WEEK).then().statusCode(200);
        own.putProver("P-1", Map.of());
        own.deleteProver("P-1");
        own.delete("work_week");
        own.delete("work_week");

        assertThat(own.activities())
                .containsExactly(
                        "{\"kind\": \"preference\", \"category\": \"work_week\"}",
                        "{\"kind\": \"preference\", \"actorId\": \"" + admin.id() + "\", \"category\": \"work_week\"}",
                        "{\"kind\": \"preference\", \"category\": \"prover\"}",
                        "{\"kind\": \"preference\", \"category\": \"prover\"}",
                        "{\"kind\": \"preference\", \"category\": \"work_week\"}");
    }

    @Test
    void usersHavePreferencesOfTheirOwn() {
        TestUser other = Given.customer().create();
        own.put("work_week", WEEK);

        PreferenceCalls.own(other).list().then().body("total", equalTo(0));
        new PreferenceCalls(other, user).get("work_week").then().statusCode(403).body("code", equalTo("forbidden"));
        new PreferenceCalls(Given.admin().create(), user)
                .get("work_week")
                .then()
                .statusCode(404)
                .body("code", equalTo("user_not_found"));
    }

    @Test
    void firstPutsAtOnceMakeOnePreference() {
        Actors.token(user);
        List<Response> answers =
                Parallel.times(40, 16, i -> own.put("work_week", Map.of("startDay", i % 7, "endDay", i % 7)));

        assertThat(answers).extracting(Response::statusCode).containsOnly(200);
        assertThat(answers.stream().map(r -> r.<String>path("id")).distinct()).hasSize(1);
        own.get("work_week")
                .then()
                .body("settings.startDay", equalTo(own.get("work_week").path("settings.endDay")));
        assertThat(own.activities()).hasSize(40);
    }

    @Test
    void aPermanentDeletionTakesThemAlong() {
        own.put("work_week", WEEK);
        own.putProver("P-1", Map.of());
        Actors.as(Given.superAdmin().create())
                .delete(user.path("?permanent=true"))
                .then()
                .statusCode(204);

        assertThat(Database.number("select count(*) from user_preferences where user_id = ?", user.id()))
                .isZero();
        assertThat(Database.number("select count(*) from prover_settings where user_id = ?", user.id()))
                .isZero();
    }

    @Test
    void theDocumentTellsOfEveryCategory() {
        String document = Actors.anonymous().get("/q/openapi?format=json").asString();

        assertThat(List.of(
                        "EmailSettings",
                        "PushoverSettings",
                        "WorkWeekSettings",
                        "NotificationSettings",
                        "ProverSettings"))
                .allSatisfy(name -> assertThat(document).contains("\"#/components/schemas/" + name + "\""));
    }

    private static Map<String, String> faults(Response response) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(400);
        assertThat(response.<String>path("code")).isEqualTo("validation_failed");
        return response.jsonPath().<Map<String, String>>getList("errors").stream()
                .collect(Collectors.toMap(
                        error -> error.get("field"), error -> error.get("code"), (a, b) -> a + "+" + b));
    }
}
