package io.usher.generation;

import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.usher.testing.Actors;
import io.usher.testing.Given;
import io.usher.testing.UsherTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@UsherTest
@TestProfile(BehindProxyTest.TrustedProxy.class)
class BehindProxyTest {
    /** As README says it is set behind a proxy. */
    public static class TrustedProxy implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.proxy.proxy-address-forwarding", "true",
                    "quarkus.http.proxy.trusted-proxies", "127.0.0.1");
        }
    }

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
