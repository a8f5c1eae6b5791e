package io.usher.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import io.restassured.response.Response;
import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.LogCapture;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pushover's secrets are the user's own: whoever else sees the preference sees a mask, and cannot store one. */
@UsherTest
class PushoverSecretsTest {
    private static final String TOKEN = "azGDORePK8gMaC0QOYAMyEEuzJnyUi";
    private static final String KEY = "uQiRzpo4DXghDmr9QzzfQu27cmVRsG";
    private static final String MASKED_TOKEN = "••••nyUi";
    private static final String MASKED_KEY = "••••VRsG";

    private TestUser user;
    private PreferenceCalls own;
    private PreferenceCalls admins;

    @BeforeEach
    void arrange() {
        user = Given.customer().create();
        own = PreferenceCalls.own(user);
        admins = new PreferenceCalls(Given.adminOf(user), user);
        own.put("pushover", Map.of("appToken", TOKEN, "userKey", KEY)).then().statusCode(200);
    }

    @Test
    void theOwnerSeesThem() {
        assertSees(own.get("pushover"), "", TOKEN, KEY);
        assertSees(own.list(), "items[0].", TOKEN, KEY);
        Response byKey = Actors.withKey(Given.apiKey(user, "preferences:read")).get(user.path("/preferences/pushover"));
        assertSees(byKey, "", TOKEN, KEY);
    }

    @Test
    void nobodyElseDoes() {
        TestUser superAdmin = Given.superAdmin().create();
        String key = Given.apiKey(admins.caller(), "*");
        for (Response response : List.of(
                admins.get("pushover"),
                new PreferenceCalls(superAdmin, user).get("pushover"),
                Actors.withKey(key).get(user.path("/preferences/pushover")))) {
            assertSees(response, "", MASKED_TOKEN, MASKED_KEY);
        }
        for (Response response : List.of(
                admins.list(),
                new PreferenceCalls(superAdmin, user).list(),
                Actors.withKey(key).get(user.path("/preferences")))) {
            assertSees(response, "items[0].", MASKED_TOKEN, MASKED_KEY);
        }
    }

    @Test
    void anAdminSeesNoneInTheAnswerToItsOwnPut() {
        Response answer = admins.put("pushover", Map.of("appToken", "b".repeat(30), "userKey", "short"));

        assertSees(answer, "", "••••bbbb", "••••");
        assertSees(own.get("pushover"), "", "b".repeat(30), "short");
    }

    @Test
    void aMaskThatComesBackKeepsTheSecret() {
        Map<String, Object> settings = admins.get("pushover").jsonPath().getMap("settings");
        settings.put("enabled", false);
        Response answer = admins.put("pushover", settings);

        assertSees(answer, "", MASKED_TOKEN, MASKED_KEY);
        assertSees(own.get("pushover"), "", TOKEN, KEY);
        assertThat(own.get("pushover").<Boolean>path("settings.enabled")).isFalse();
        own.put("pushover", Map.of("appToken", MASKED_TOKEN, "userKey", "k"))
                .then()
                .statusCode(200);
        assertSees(own.get("pushover"), "", TOKEN, "k");
    }

    @Test
    void aMaskOfAnotherSecretIsRefused() {
        admins.put("pushover", Map.of("appToken", "••••aaaa", "userKey", "••••"))
                .then()
                .statusCode(400)
                .body("errors.field", hasItems("settings.appToken", "settings.userKey"))
                .body("errors[0].code", equalTo("masked"));
        own.delete("pushover").then().statusCode(204);
        admins.put("pushover", Map.of("appToken", MASKED_TOKEN, "userKey", KEY))
                .then()
                .statusCode(400)
                .body("errors.field", equalTo(List.of("settings.appToken")));
        admins.put("pushover", Map.of("appToken", "••••", "userKey", KEY))
                .then()
                .statusCode(400);
        admins.put("pushover", Map.of("appToken", "•••••••", "userKey", TOKEN + "•"))
                .then()
                .statusCode(400)
                .body("errors.field", hasItems("settings.appToken", "settings.userKey"));
        own.get("pushover").then().statusCode(404);
    }

    @Test
    void noSecretIsLoggedOrRecorded() {
        try (LogCapture log = new LogCapture()) {
            own.put("pushover", Map.of("appToken", TOKEN, "userKey", KEY + "ü"))
                    .then()
                    .statusCode(400);
            admins.put("pushover", Map.of("appToken", TOKEN, "userKey", KEY))
                    .then()
                    .statusCode(200);
            assertThat(log.lines()).noneMatch(line -> line.contains(TOKEN) || line.contains(KEY));
        }
        assertThat(own.activities()).noneMatch(details -> details.contains(TOKEN) || details.contains("nyUi"));
        assertThat(new PushoverSettings(TOKEN, KEY, null, true).toString()).doesNotContain(TOKEN, KEY);
    }

    @Test
    void whatTheDatabaseHoldsBrokenIsAFaultThatQuotesNothing() {
        Database.execute(
                "update user_preferences set settings = jsonb_set(settings, '{preferences}', '\"x-marks-it\"')"
                        + " where user_id = ?",
                user.id());
        try (LogCapture log = new LogCapture()) {
            own.get("pushover").then().statusCode(500);
            assertThat(log.lines()).noneMatch(line -> line.contains(TOKEN) || line.contains("x-marks-it"));
        }
    }

    private static void assertSees(Response response, String path, String token, String key) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        assertThat(response.<String>path(path + "settings.appToken")).isEqualTo(token);
        assertThat(response.<String>path(path + "settings.userKey")).isEqualTo(key);
    }
}
