package io.usher.auth;

import static io.usher.auth.AuthCalls.post;
import static io.usher.testing.Actors.tryLogin;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.TestProfile;
import io.usher.testing.Given;
import io.usher.testing.OpenedSettings;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** usher.auth.password-setup=open: what older front ends did. */
@UsherTest
@TestProfile(OpenedSettings.class)
class OpenPasswordSetupTest {
    private static final String PASSWORD = "First-Horse-7";

    @Test
    void anAccountThatNeverHadAPasswordNeedsNoToken() {
        TestUser invited = Given.customer().status("pending").withoutPassword().create();

        tryLogin(invited.email(), "anything").then().statusCode(200).body("requirePasswordSetup", equalTo(true));
        post("/set-password", Map.of("email", invited.email(), "password", PASSWORD))
                .then()
                .statusCode(200);
        tryLogin(invited.email(), PASSWORD).then().statusCode(200).body("requirePasswordSetup", equalTo(false));
    }

    @Test
    void anAccountThatHadAPasswordStaysClosed() {
        TestUser reset = Given.customer()
                .withoutPassword()
                .with("password_changed_at", java.time.OffsetDateTime.now(java.time.ZoneOffset.UTC))
                .create();
        TestUser active = Given.customer().create();

        for (TestUser user : java.util.List.of(reset, active)) {
            tryLogin(user.email(), "anything").then().statusCode(401);
            post("/set-password", Map.of("email", user.email(), "password", PASSWORD))
                    .then()
                    .statusCode(401)
                    .body("code", equalTo("invalid_code"));
        }
        post("/set-password", Map.of("email", Given.email(), "password", PASSWORD))
                .then()
                .statusCode(401);
        tryLogin(Given.email(), "anything").then().statusCode(401);
    }
}
