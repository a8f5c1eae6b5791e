package io.usher.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.usher.testing.Actors;
import io.usher.testing.Actors.Tokens;
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

/** POST /api/auth/introspect. */
@UsherTest
@TestProfile(NoLimits.class)
class IntrospectionTest {
    private final TestUser user = Given.customer().create();
    private final TestUser admin = Given.adminOf(user);

    @Inject
    MutableClock clock;

    @Test
    void saysWhatALiveTokenStandsFor() {
        Tokens login = Actors.login(user);

        Response answer = introspect(admin, login.accessToken());

        answer.then()
                .statusCode(200)
                .body("active", equalTo(true))
                .body("sub", equalTo(user.id().toString()))
                .body("username", equalTo(user.username()))
                .body("scope", equalTo("*"))
                .body("aud", equalTo("usher"))
                .body("token_type", equalTo("Bearer"))
                .body("groups", equalTo(List.of("customer")));
        assertThat(answer.jsonPath().getLong("exp") - answer.jsonPath().getLong("iat"))
                .isEqualTo(900);
        assertThat(answer.jsonPath().getMap("")).containsKeys("iss", "jti");
    }

    @Test
    void saysNothingMoreOfATokenThatIsWorthNothing() {
        Tokens ended = Actors.login(user);
        Actors.withToken(ended.accessToken()).post("/api/auth/logout").then().statusCode(204);
        Tokens stranger = Actors.login(Given.customer().create());
        Tokens login = Actors.login(user);
        String cut = login.accessToken().substring(0, login.accessToken().length() - 4);

        for (String token :
                List.of(ended.accessToken(), stranger.accessToken(), login.refreshToken(), cut, "nonsense")) {
            assertThat(introspect(admin, token).jsonPath().getMap("")).isEqualTo(Map.of("active", false));
        }
    }

    @Test
    void seesAnExpiredTokenAsWorthNothing() {
        Tokens login = Actors.login(user);
        clock.advance(Duration.ofMinutes(15).plusSeconds(1));

        String late = Actors.login(admin).accessToken();
        assertThat(introspect(late, login.accessToken()).jsonPath().getMap("")).isEqualTo(Map.of("active", false));
    }

    @Test
    void aSuperAdminAsksAboutEverybodyAndACustomerAboutNobody() {
        Tokens login = Actors.login(user);

        introspect(Given.superAdmin().create(), login.accessToken()).then().body("active", equalTo(true));
        introspect(user, login.accessToken()).then().statusCode(403).body("code", equalTo("forbidden"));
    }

    /** A token carries its user's roles, and there may be fifty of them. */
    @Test
    void aTokenMayBeAsLongAsAHeaderTakesIt() {
        String token = "a".repeat(8000);

        introspect(admin, token).then().statusCode(200).body("active", equalTo(false));
    }

    @Test
    void theTokenIsNeededAndTheFormIsTheOnlyForm() {
        RestAssured.given()
                .header("Authorization", "Bearer " + Actors.token(admin))
                .contentType("application/x-www-form-urlencoded")
                .post("/api/auth/introspect")
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("token"));
        Actors.as(admin)
                .body(Map.of("token", "x"))
                .post("/api/auth/introspect")
                .then()
                .statusCode(415);
    }

    private static Response introspect(TestUser asking, String token) {
        return introspect(Actors.token(asking), token);
    }

    private static Response introspect(String bearer, String token) {
        return RestAssured.given()
                .header("Authorization", "Bearer " + bearer)
                .formParam("token", token)
                .formParam("token_type_hint", "access_token")
                .post("/api/auth/introspect");
    }
}
