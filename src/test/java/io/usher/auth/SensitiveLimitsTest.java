package io.usher.auth;

import static io.usher.auth.AuthCalls.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.response.Response;
import io.usher.testing.Actors;
import io.usher.testing.Given;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Five sensitive actions a minute for each account: known and unknown ones alike. */
@UsherTest
class SensitiveLimitsTest {
    @Test
    void loginsAreCountedByTheAccountTheyName() {
        TestUser known = Given.customer().create();

        requireSixthRefused(() -> Actors.tryLogin(known.email(), "Wrong-Horse-7"), 401);
        Actors.tryLogin(" " + known.email().toUpperCase(java.util.Locale.ROOT), Given.PASSWORD)
                .then()
                .statusCode(429);
        String unknown = Given.email();
        requireSixthRefused(() -> Actors.tryLogin(unknown, "Wrong-Horse-7"), 401);
        Actors.tryLogin(Given.customer().create().email(), Given.PASSWORD)
                .then()
                .statusCode(200);
    }

    @Test
    void soIsEveryOtherActionThatNamesOne() {
        String email = Given.email();

        requireSixthRefused(() -> AuthCalls.verify(email, "123456"), 401);
        requireSixthRefused(() -> AuthCalls.setPassword(email, "usst_wrong", "First-Horse-7"), 401);
        requireSixthRefused(() -> post("/resend-verification", Map.of("email", email)), 202);
        requireSixthRefused(() -> post("/forgot-password", Map.of("email", email)), 202);
    }

    @Test
    void passwordChangesAreCountedByTheUser() {
        TestUser user = Given.customer().create();
        String token = Actors.login(user).accessToken();

        requireSixthRefused(
                () -> Actors.withToken(token)
                        .body(Map.of("currentPassword", "Wrong-Horse-7", "newPassword", "Better-Horse-8"))
                        .post("/api/auth/change-password"),
                401);
    }

    private static void requireSixthRefused(Supplier<Response> action, int before) {
        for (int i = 0; i < 5; i++) {
            Response answer = action.get();
            assertThat(answer.statusCode()).isEqualTo(before);
            answer.then().header("RateLimit", notNullValue()).header("RateLimit-Policy", notNullValue());
        }
        action.get()
                .then()
                .statusCode(429)
                .body("code", equalTo("rate_limited"))
                .header("Retry-After", notNullValue());
    }
}
