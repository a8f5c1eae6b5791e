package io.usher.auth;

import static io.usher.auth.AuthCalls.post;
import static io.usher.auth.AuthCalls.register;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.TestProfile;
import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.OpenedSettings;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** usher.registration.verification=false. */
@UsherTest
@TestProfile(OpenedSettings.class)
class RegistrationSettingsTest {
    private static final String PASSWORD = "Fresh-Horse-7";

    @Test
    void registeringSignsIn() {
        String email = Given.email();
        String username = "u" + Given.unique();

        String token = post("/register", Map.of("email", email, "password", PASSWORD, "username", username))
                .then()
                .statusCode(201)
                .body("token", not(emptyString()))
                .body("user.username", equalTo(username))
                .extract()
                .path("token");

        Actors.withToken(token).get("/api/auth/me").then().statusCode(200).body("user.status", equalTo("active"));
    }

    @Test
    void whatIsTakenIsSaidAndNothingWritten() {
        TestUser known = Given.customer().create();
        Map<String, Long> before = Database.rowCounts();

        register(known.email(), PASSWORD).then().statusCode(409).body("code", equalTo("email_taken"));
        post("/register", Map.of("email", Given.email(), "password", PASSWORD, "username", known.username()))
                .then()
                .statusCode(409)
                .body("code", equalTo("username_taken"));

        assertThat(Database.rowCounts()).isEqualTo(before);
    }
}
