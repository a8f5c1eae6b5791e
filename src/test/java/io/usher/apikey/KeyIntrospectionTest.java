package io.usher.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.usher.testing.Actors;
import io.usher.testing.Given;
import io.usher.testing.NoLimits;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Introspection of API keys, and by them. */
@UsherTest
@TestProfile(NoLimits.class)
class KeyIntrospectionTest {
    private final TestUser owner = Given.customer().create();
    private final TestUser admin = Given.adminOf(owner);

    @Test
    void saysWhatALiveKeyStandsFor() {
        Response created = KeyCalls.create(
                owner,
                Map.of(
                        "name", "Export",
                        "scopes", List.of("users:read", "quotas:write"),
                        "expiresAt", "2999-01-01T00:00:00Z"));

        Response answer = introspect(Actors.token(admin), created.path("key"));

        answer.then()
                .statusCode(200)
                .body("active", equalTo(true))
                .body("sub", equalTo(owner.id().toString()))
                .body("username", equalTo(owner.username()))
                .body("scope", equalTo("quotas:write users:read"))
                .body("exp", equalTo(32472144000L))
                .body("token_type", equalTo("api_key"))
                .body("jti", equalTo(created.<String>path("id")))
                .body("groups", contains("customer"));
        Response endless =
                introspect(Actors.token(admin), KeyCalls.create(owner, "*").path("key"));
        assertThat(endless.jsonPath().getMap(""))
                .doesNotContainKeys("exp", "iat")
                .containsEntry("scope", "*");
    }

    @Test
    void saysNothingMoreOfAKeyThatIsWorthNothing() {
        Response revoked = KeyCalls.create(owner, "*");
        Actors.as(owner).delete("/api/api-keys/" + revoked.path("id")).then().statusCode(204);
        Response off = KeyCalls.create(owner, "*");
        KeyCalls.patch(owner, off.path("id"), Map.of("active", false));
        String stranger = KeyCalls.create(Given.customer().create(), "*").path("key");

        for (String key : List.of(revoked.<String>path("key"), off.<String>path("key"), stranger, "ush_nonsense")) {
            assertThat(introspect(Actors.token(admin), key).jsonPath().getMap(""))
                    .isEqualTo(Map.of("active", false));
        }
    }

    @Test
    void aKeyAsksWithinItsOwnersScope() {
        TestUser other = Given.customer().create();
        String customers = KeyCalls.create(owner, "tokens:introspect").path("key");
        String admins = KeyCalls.create(admin, "tokens:introspect").path("key");
        String without = KeyCalls.create(admin, "users:read", "admin:read").path("key");

        introspect(customers, Actors.token(owner)).then().statusCode(200).body("active", equalTo(true));
        introspect(customers, customers).then().body("active", equalTo(true));
        introspect(customers, Actors.token(other)).then().statusCode(200).body("active", equalTo(false));
        introspect(admins, Actors.token(owner)).then().body("active", equalTo(true));
        introspect(admins, Actors.token(other)).then().body("active", equalTo(false));
        introspect(without, Actors.token(owner)).then().statusCode(403).body("code", equalTo("insufficient_scope"));
    }

    private static Response introspect(String bearer, String token) {
        return RestAssured.given()
                .header("Authorization", "Bearer " + bearer)
                .formParam("token", token)
                .post("/api/auth/introspect");
    }
}
