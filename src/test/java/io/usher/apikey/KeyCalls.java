package io.usher.apikey;

import io.restassured.response.Response;
import io.usher.testing.Actors;
import io.usher.testing.TestUser;
import java.util.List;
import java.util.Map;
import org.hamcrest.Matchers;

/** The calls that the tests of API keys make. */
final class KeyCalls {
    private KeyCalls() {}

    /** A new key, as its owner is told of it. */
    static Response create(TestUser owner, Map<String, ?> body) {
        return Actors.as(owner).body(body).post("/api/api-keys");
    }

    /** A new key with these scopes. */
    static Response create(TestUser owner, String... scopes) {
        Response created = create(owner, Map.of("name", "Export", "scopes", List.of(scopes)));
        created.then().statusCode(201);
        return created;
    }

    static Response rotate(TestUser owner, String id, int grace) {
        return Actors.as(owner).body(Map.of("gracePeriodSeconds", grace)).post("/api/api-keys/" + id + "/rotate");
    }

    static Response patch(TestUser owner, String id, Map<String, ?> body) {
        return Actors.as(owner).body(body).patch("/api/api-keys/" + id);
    }

    /** A request that any key with {@code users:read} may make. */
    static Response me(String key) {
        return Actors.withKey(key).get("/api/auth/me");
    }

    static void assertGood(String key) {
        me(key).then().statusCode(200);
    }

    static void assertRefused(String key) {
        me(key).then()
                .statusCode(401)
                .body("code", Matchers.equalTo("unauthenticated"))
                .body("detail", Matchers.equalTo("The API key is not valid."));
    }
}
