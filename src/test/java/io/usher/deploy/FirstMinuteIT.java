package io.usher.deploy;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.usher.testing.RealServers;
import io.usher.testing.SigningKeys;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the package is asked in its first minute. Where an image is built this is the training run of its AOT cache
 * ({@code quarkus.package.jar.aot.enabled}): what it runs here is loaded, linked and profiled there.
 */
@QuarkusIntegrationTest
@WithTestResource(value = SigningKeys.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
@WithTestResource(value = FirstMinuteIT.Settings.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class FirstMinuteIT {
    private static final String ADMIN = "first-minute@example.com";
    private static final String PASSWORD = "Quiet-Lantern-58";

    private String token;

    /**
     * What an operator sets, besides the keys; and ports and a log as @QuarkusIntegrationTest can find and read them. The process lives until the last
     * test of all has ended, so that its jobs are kept away from the database of the others.
     */
    public static class Settings implements QuarkusTestResourceLifecycleManager {
        @Override
        public Map<String, String> start() {
            RealServers.ensureStarted();
            Map<String, String> settings = new HashMap<>(RealServers.settingsOfNewDatabase());
            settings.put("usher.admin.email", ADMIN);
            settings.put("usher.admin.password", PASSWORD);
            settings.put("usher.rate-limit.sensitive", "100/60s");
            settings.put("quarkus.management.port", "0");
            settings.put("quarkus.log.file.json.enabled", "false");
            return settings;
        }

        @Override
        public void stop() {}
    }

    @BeforeEach
    void logIn() {
        token = given().contentType(ContentType.JSON)
                .body(Map.of("username", ADMIN, "password", PASSWORD))
                .post("/api/auth/login")
                .then()
                .statusCode(200)
                .extract()
                .path("token");
    }

    @Test
    void theAdminInvitesAUserWhoSetsAPassword() {
        String email = UUID.randomUUID() + "@example.com";
        String setupToken = asAdmin()
                .body(Map.of("email", email, "name", "Ada"))
                .post("/api/users")
                .then()
                .statusCode(201)
                .extract()
                .path("setupToken");

        given().contentType(ContentType.JSON)
                .body(Map.of("email", email, "setupToken", setupToken, "password", PASSWORD))
                .post("/api/auth/set-password")
                .then()
                .statusCode(200)
                .body("token", notNullValue());
        asAdmin().get("/api/users?q=" + email).then().statusCode(200).body("items.email", hasItem(email));
    }

    @Test
    void whatIsReadAndChargedMostIsReadAndCharged() {
        for (int i = 0; i < 50; i++) {
            asAdmin().get("/api/auth/me").then().statusCode(200).body("user.email", equalTo(ADMIN));
            asAdmin().get("/api/users?limit=20").then().statusCode(200);
            asAdmin()
                    .body(Map.of("amount", 0))
                    .post("/api/quotas/image/consume")
                    .then()
                    .statusCode(400);
        }
        asAdmin().body(Map.of("type", "image")).post("/api/generations").then().statusCode(201);
        asAdmin().get("/api/quotas/me").then().statusCode(200);
        asAdmin().get("/api/users/" + UUID.randomUUID()).then().statusCode(404);
    }

    @Test
    void theDocumentsAreThere() {
        given().get("/q/openapi").then().statusCode(200);
        given().get("/.well-known/jwks.json").then().statusCode(200).body("keys", notNullValue());
    }

    private RequestSpecification asAdmin() {
        return given().header("Authorization", "Bearer " + token).contentType(ContentType.JSON);
    }
}
