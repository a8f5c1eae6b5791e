package io.usher.auth;

import static io.usher.auth.AuthCalls.inParallel;
import static io.usher.auth.AuthCalls.post;
import static io.usher.auth.AuthCalls.refresh;
import static io.usher.testing.Actors.withToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.TestProfile;
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

/** POST /api/auth/refresh. */
@UsherTest
@TestProfile(NoLimits.class)
class RefreshTest {
    @Inject
    MutableClock clock;

    @Test
    void answersNewTokensOfTheSameSession() {
        Tokens login = Actors.login(Given.customer().create());
        String session = me(login.accessToken()).path("session.id");

        Response answer = refresh(login.refreshToken());

        answer.then()
                .statusCode(200)
                .body("tokenType", equalTo("Bearer"))
                .body("expiresIn", equalTo(900))
                .body("requirePasswordSetup", equalTo(false))
                .body("$", not(hasKey("user")))
                .body("refreshToken", not(equalTo(login.refreshToken())));
        assertThat(me(answer.path("token")).<String>path("session.id")).isEqualTo(session);
    }

    @Test
    void aUsedTokenEndsTheSessionForBothOfItsHolders() {
        Tokens login = Actors.login(Given.customer().create());
        Response second = refresh(login.refreshToken());

        refresh(login.refreshToken()).then().statusCode(401).body("code", equalTo("refresh_reused"));

        me(second.path("token")).then().statusCode(401).body("code", equalTo("session_revoked"));
        me(login.accessToken()).then().statusCode(401).body("code", equalTo("session_revoked"));
        refresh(second.path("refreshToken")).then().statusCode(401).body("code", equalTo("session_revoked"));
    }

    @Test
    void ofParallelRefreshesOneAtMostGetsTokens() throws Exception {
        Tokens login = Actors.login(Given.customer().create());

        List<Integer> statuses =
                inParallel(8, () -> refresh(login.refreshToken()).statusCode());

        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 401);
        me(login.accessToken()).then().statusCode(401);
    }

    @Test
    void aSessionEndsADayAfterItsLoginHoweverOftenItIsRefreshed() {
        Tokens login = Actors.login(Given.customer().create());
        clock.advance(Duration.ofHours(23));
        Response late = refresh(login.refreshToken());
        late.then().statusCode(200);
        assertThat(late.<Integer>path("refreshExpiresIn")).isLessThanOrEqualTo(3600);

        clock.advance(Duration.ofHours(1));

        refresh(late.path("refreshToken")).then().statusCode(401).body("code", equalTo("token_expired"));
        me(late.path("token")).then().statusCode(401);
    }

    @Test
    void anExpiredAccessTokenSaysSo() {
        Tokens login = Actors.login(Given.customer().create());

        clock.advance(Duration.ofMinutes(15).plusSeconds(1));

        me(login.accessToken()).then().statusCode(401).body("code", equalTo("token_expired"));
        refresh(login.refreshToken()).then().statusCode(200);
    }

    @Test
    void whatWasNeverARefreshTokenIsRefused() {
        TestUser user = Given.customer().create();
        Tokens login = Actors.login(user);

        refresh("usrt_" + Given.unique()).then().statusCode(401).body("code", equalTo("unauthenticated"));
        refresh(login.accessToken().substring(0, 400)).then().statusCode(401).body("code", equalTo("unauthenticated"));
        post("/refresh", Map.of()).then().statusCode(400);
    }

    private static Response me(String token) {
        return withToken(token).get("/api/auth/me");
    }
}
