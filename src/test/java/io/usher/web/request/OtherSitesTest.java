package io.usher.web.request;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.usher.testing.RealServers;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Behind a proxy that is trusted, with a front end on another site that is let in. */
@QuarkusTest
@WithTestResource(value = RealServers.class, scope = TestResourceScope.GLOBAL)
@TestProfile(OtherSitesTest.Deployed.class)
class OtherSitesTest {
    private static final String SITE = "https://app.example.com";

    public static class Deployed implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.cors.enabled", "true",
                    "quarkus.http.cors.origins", SITE,
                    "quarkus.http.proxy.proxy-address-forwarding", "true",
                    "quarkus.http.proxy.allow-x-forwarded", "true",
                    "quarkus.http.proxy.enable-forwarded-host", "true");
        }
    }

    @Test
    void aSiteThatIsLetInMayAskAndRead() {
        given().header("Origin", SITE)
                .header("Access-Control-Request-Method", "PATCH")
                .header("Access-Control-Request-Headers", "authorization,content-type,if-match")
                .options("/api/test-web/view")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", SITE)
                .header("Access-Control-Allow-Methods", containsString("PATCH"))
                .header("Access-Control-Allow-Headers", containsString("if-match"))
                .header("X-Request-Id", notNullValue());
        given().header("Origin", SITE)
                .get("/api/test-web/view")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", SITE)
                .header("Access-Control-Expose-Headers", containsString("ETag"))
                .header("Access-Control-Expose-Headers", containsString("RateLimit"));
    }

    @Test
    void anErrorCanBeReadByTheSiteToo() {
        given().header("Origin", SITE)
                .get("/api/nothing")
                .then()
                .statusCode(404)
                .header("Access-Control-Allow-Origin", SITE)
                .body("code", equalTo("not_found"));
    }

    @Test
    void anotherSiteIsNotLetIn() {
        given().header("Origin", "https://other.example")
                .get("/api/test-web/view")
                .then()
                .statusCode(403)
                .header("Access-Control-Allow-Origin", nullValue());
    }

    @Test
    void theHostThatTheProxyNamesIsMapped() {
        given().header("X-Forwarded-Host", "api.example.com")
                .header("X-Forwarded-Proto", "https")
                .get("/test-web/view")
                .then()
                .statusCode(200)
                .header("Strict-Transport-Security", containsString("max-age="));
    }
}
