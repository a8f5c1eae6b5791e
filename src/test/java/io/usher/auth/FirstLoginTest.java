package io.usher.auth;

import static io.usher.auth.AuthCalls.bcryptRuns;
import static io.usher.auth.AuthCalls.comparable;
import static io.usher.auth.AuthCalls.post;
import static io.usher.auth.AuthCalls.setPassword;
import static io.usher.auth.AuthCalls.setupToken;
import static io.usher.testing.Actors.tryLogin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.MutableClock;
import io.usher.testing.NoLimits;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The first login of invited users. */
@UsherTest
@TestProfile(NoLimits.class)
class FirstLoginTest {
    private static final String PASSWORD = "First-Horse-7";

    private final TestUser invited =
            Given.customer().status("pending").unverified().withoutPassword().create();

    @Inject
    MutableClock clock;

    @Test
    void theSetupTokenLeadsToAPasswordAndASession() {
        String token = setupToken(invited);

        Response first = tryLogin(invited.email(), token);
        first.then()
                .statusCode(200)
                .body("token", equalTo(""))
                .body("requirePasswordSetup", equalTo(true))
                .body("user.id", equalTo(invited.id().toString()));
        for (String member : List.of("tokenType", "expiresIn", "refreshToken", "refreshExpiresIn")) {
            assertThat(first.jsonPath().getMap("")).containsEntry(member, null);
        }
        assertThat(sessions(invited)).isZero();

        setPassword(invited.email(), token, PASSWORD).then().statusCode(200).body("refreshToken", notNullValue());
        tryLogin(invited.email(), PASSWORD).then().statusCode(200).body("requirePasswordSetup", equalTo(false));
        assertThat(Database.text("select status from users where id = ?", invited.id()))
                .isEqualTo("active");
    }

    @Test
    void aSetupTokenWorksOnce() {
        String token = setupToken(invited);
        setPassword(invited.email(), token, PASSWORD).then().statusCode(200);

        setPassword(invited.email(), token, "Other-Horse-8")
                .then()
                .statusCode(401)
                .body("code", equalTo("invalid_code"));
        tryLogin(invited.email(), token).then().statusCode(401).body("code", equalTo("invalid_credentials"));
        tryLogin(invited.email(), PASSWORD).then().statusCode(200);
    }

    @Test
    void ofParallelAttemptsOneSetsThePassword() throws Exception {
        String token = setupToken(invited);

        List<Integer> statuses = AuthCalls.inParallel(
                6, () -> setPassword(invited.email(), token, PASSWORD).statusCode());

        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 401);
        assertThat(sessions(invited)).isEqualTo(1);
    }

    @Test
    void anExpiredTokenIsWorthNothing() {
        String token = setupToken(invited);

        clock.advance(Duration.ofDays(7).plusSeconds(1));

        tryLogin(invited.email(), token).then().statusCode(401).body("code", equalTo("invalid_credentials"));
        setPassword(invited.email(), token, PASSWORD).then().statusCode(401).body("code", equalTo("invalid_code"));
    }

    @Test
    void aSuspendedAccountIsNotStarted() {
        String token = setupToken(invited);
        Database.execute("update users set status = 'suspended' where id = ?", invited.id());

        tryLogin(invited.email(), token).then().statusCode(403).body("code", equalTo("account_inactive"));
        setPassword(invited.email(), token, PASSWORD).then().statusCode(403).body("code", equalTo("account_inactive"));

        Database.execute("update users set status = 'pending' where id = ?", invited.id());
        setPassword(invited.email(), token, PASSWORD).then().statusCode(200);
    }

    @Test
    void wrongTokensOfKnownAndUnknownAddressesAreAlike() {
        setupToken(invited);
        TestUser active = Given.customer().create();

        Map<String, Object> unknown = comparable(setPassword(Given.email(), "usst_wrong", PASSWORD));
        assertThat(unknown).containsEntry("code", "invalid_code");
        assertThat(comparable(setPassword(invited.email(), "usst_wrong", PASSWORD)))
                .isEqualTo(unknown);
        assertThat(comparable(setPassword(active.email(), "usst_wrong", PASSWORD)))
                .isEqualTo(unknown);
        assertThat(bcryptRuns(() -> setPassword(Given.email(), "usst_wrong", PASSWORD)))
                .isEqualTo(1);
        assertThat(bcryptRuns(() -> setPassword(invited.email(), "usst_wrong", PASSWORD)))
                .isEqualTo(1);
    }

    @Test
    void aTokenIsNeededAndTheRulesHold() {
        String token = setupToken(invited);

        post("/set-password", Map.of("email", invited.email(), "password", PASSWORD))
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("setupToken"));
        setPassword(invited.email(), token, "weak").then().statusCode(400).body("errors[0].field", equalTo("password"));
        setPassword(invited.email(), token, PASSWORD).then().statusCode(200);
    }

    private static long sessions(TestUser user) {
        return Database.number("select count(*) from user_sessions where user_id = ?", user.id());
    }
}
