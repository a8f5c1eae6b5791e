package io.usher.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.TestProfile;
import io.usher.testing.ClosedSettings;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.UsherTest;
import org.junit.jupiter.api.Test;

/** usher.registration.enabled=false. */
@UsherTest
@TestProfile(ClosedSettings.class)
class RegistrationClosedTest {
    @Test
    void nobodyRegisters() {
        String email = Given.email();

        AuthCalls.register(email, "Fresh-Horse-7").then().statusCode(403).body("code", equalTo("forbidden"));

        assertThat(Database.number("select count(*) from users where email = ?", email))
                .isZero();
    }
}
