package io.usher.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.UsherTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** usher.registration.enabled=false. */
@UsherTest
@TestProfile(RegistrationClosedTest.Closed.class)
class RegistrationClosedTest {
    public static class Closed implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("usher.registration.enabled", "false");
        }
    }

    @Test
    void nobodyRegisters() {
        String email = Given.email();

        AuthCalls.register(email, "Fresh-Horse-7").then().statusCode(403).body("code", equalTo("forbidden"));

        assertThat(Database.number("select count(*) from users where email = ?", email))
                .isZero();
    }
}
