package io.usher.generation;

import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.TestProfile;
import io.usher.testing.Actors;
import io.usher.testing.Given;
import io.usher.testing.OpenedSettings;
import io.usher.testing.UsherTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@UsherTest
@TestProfile(OpenedSettings.class)
class BehindProxyTest {
    @Test
    void theAddressIsTheOneThatATrustedProxyNames() {
        Actors.as(Given.customer().create())
                .header("X-Forwarded-For", "203.0.113.9")
                .body(Map.of("type", "image"))
                .post("/api/generations")
                .then()
                .statusCode(201)
                .body("ipAddress", equalTo("203.0.113.9"));
    }
}
