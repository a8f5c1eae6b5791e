package io.usher.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.MutableClock;
import io.usher.testing.NoLimits;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Keys as their owners and admins manage them: sections 3 and 6 of the contract. */
@UsherTest
@TestProfile(NoLimits.class)
class ApiKeysTest {
    private final TestUser owner = Given.customer().create();

    @Inject
    MutableClock clock;

    @Test
    void aNewKeyIsShownOnceAndStoredAsAHash() {
        Response created = KeyCalls.create(
                owner,
                Map.of("name", "  Export ", "description", "Nightly", "scopes", List.of("users:read", "quotas:write")));

        created.then()
                .statusCode(201)
                .body("key", matchesPattern("ush_[0-9A-Za-z]{49}"))
                .body("name", equalTo("Export"))
                .body("description", equalTo("Nightly"))
                .body("userId", equalTo(owner.id().toString()))
                .body("scopes", contains("users:read", "quotas:write"))
                .body("active", equalTo(true))
                .body("expiresAt", nullValue())
                .body("lastUsedAt", nullValue());
        String id = created.path("id");
        String key = created.path("key");
        assertThat(created.header("Location")).endsWith("/api/api-keys/" + id);
        assertThat(created.<String>path("keyPrefix")).isEqualTo(key.substring(0, 12));
        Response shown = Actors.as(owner).get("/api/api-keys/" + id);
        shown.then().statusCode(200).body("name", equalTo("Export")).body("$", not(hasItem("key")));
        assertThat(shown.asString()).doesNotContain(key.substring(12));
        String row = Database.text("select row_to_json(k)::text from api_keys k where id = ?", UUID.fromString(id));
        assertThat(row).doesNotContain(key.substring(12));
        assertThat(Database.text("select key_hash from api_keys where id = ?", UUID.fromString(id)))
                .isEqualTo(Database.text("select encode(sha256(?::bytea), 'hex')", key));
    }

    @Test
    void aKeyThatAsksForNoScopesHasNone() {
        Response created = KeyCalls.create(owner, Map.of("name", "Export"));

        created.then().statusCode(201).body("scopes", equalTo(List.of()));
        KeyCalls.me(created.path("key")).then().statusCode(403).body("code", equalTo("insufficient_scope"));
    }

    @Test
    void everyFieldAtFaultIsNamed() {
        Map<String, Object> body = new HashMap<>();
        body.put("name", " ");
        body.put("description", "x".repeat(501));
        body.put("scopes", List.of("users:read", "no:such"));
        body.put("expiresAt", "2020-01-01T00:00:00Z");
        body.put("active", true);

        KeyCalls.create(owner, body)
                .then()
                .statusCode(400)
                .body("code", equalTo("validation_failed"))
                .body("errors.field", containsInAnyOrder("name", "description", "scopes[1]", "expiresAt", "active"));
        KeyCalls.create(owner, Map.of("name", "x".repeat(101), "scopes", List.of("*", "*")))
                .then()
                .statusCode(400)
                .body("errors.field", containsInAnyOrder("name", "scopes"));
        assertThat(Database.number("select count(*) from api_keys where user_id = ?", owner.id()))
                .isZero();
    }

    @Test
    void aMergeChangesWhatItNames() {
        String id = KeyCalls.create(
                        owner,
                        Map.of(
                                "name", "Export",
                                "description", "Nightly",
                                "scopes", List.of("users:read"),
                                "expiresAt", "2999-01-01T00:00:00Z"))
                .path("id");

        KeyCalls.patch(owner, id, Map.of("scopes", List.of("users:read", "users:write")))
                .then()
                .statusCode(200)
                .body("scopes", contains("users:read", "users:write"))
                .body("description", equalTo("Nightly"))
                .body("expiresAt", equalTo("2999-01-01T00:00:00.000Z"));
        Map<String, Object> cleared = new HashMap<>();
        cleared.put("description", null);
        cleared.put("expiresAt", null);
        cleared.put("name", "Import");
        KeyCalls.patch(owner, id, cleared)
                .then()
                .statusCode(200)
                .body("name", equalTo("Import"))
                .body("description", nullValue())
                .body("expiresAt", nullValue())
                .body("active", equalTo(true));
        for (String field : List.of("name", "scopes", "active")) {
            KeyCalls.patch(owner, id, Collections.singletonMap(field, null))
                    .then()
                    .statusCode(400)
                    .body("errors.field", contains(field));
        }
    }

    @Test
    void listsComeInPagesNewestFirst() {
        List<String> ids = IntStream.range(0, 5)
                .mapToObj(
                        i -> KeyCalls.create(owner, Map.of("name", "Key " + i)).<String>path("id"))
                .toList();
        KeyCalls.create(Given.customer().create(), Map.of("name", "Another's"));

        Response first = Actors.as(owner).get("/api/api-keys?limit=2");
        first.then().statusCode(200).body("total", equalTo(5)).body("items.id", contains(ids.get(4), ids.get(3)));
        KeyCalls.create(owner, Map.of("name", "In between"));
        Response second = Actors.as(owner)
                .queryParam("cursor", first.<String>path("nextCursor"))
                .get("/api/api-keys?limit=3&count=none");
        second.then()
                .body("items.id", contains(ids.get(2), ids.get(1), ids.get(0)))
                .body("total", nullValue())
                .body("nextCursor", nullValue());
        Actors.as(owner)
                .get("/api/api-keys?offset=4&limit=1")
                .then()
                .body("items.id", contains(ids.get(1)))
                .body("offset", equalTo(4));
        Actors.as(owner)
                .get("/api/api-keys?offset=100")
                .then()
                .body("items", equalTo(List.of()))
                .body("total", equalTo(6));
    }

    @Test
    void theKeysOfOthersAreNotThere() {
        String id = KeyCalls.create(Given.customer().create(), "*").path("id");

        for (String path : List.of("/api/api-keys/" + id, "/api/api-keys/" + UUID.randomUUID())) {
            Actors.as(owner).get(path).then().statusCode(404).body("code", equalTo("not_found"));
            Actors.as(owner).body(Map.of("name", "Mine")).patch(path).then().statusCode(404);
            Actors.as(owner).body(Map.of()).post(path + "/rotate").then().statusCode(404);
            Actors.as(owner).delete(path).then().statusCode(404);
        }
        assertThat(Database.text("select name from api_keys where id = ?", UUID.fromString(id)))
                .isEqualTo("Export");
    }

    @Test
    void aRotatedKeyIsGoodForItsGraceOnly() {
        Response created = KeyCalls.create(owner, "users:read");
        String id = created.path("id");
        String old = created.path("key");
        KeyCalls.assertGood(old);

        Response rotated = KeyCalls.rotate(owner, id, 60);

        rotated.then().statusCode(200).body("id", equalTo(id)).body("scopes", contains("users:read"));
        String fresh = rotated.path("key");
        assertThat(fresh).isNotEqualTo(old).startsWith(rotated.<String>path("keyPrefix"));
        KeyCalls.assertGood(old);
        KeyCalls.assertGood(fresh);
        clock.advance(Duration.ofSeconds(61));
        KeyCalls.assertRefused(old);
        KeyCalls.assertGood(fresh);
    }

    @Test
    void aRotationWithoutGraceEndsTheOldKeyAtOnceAndAnotherOneEndsTheGrace() {
        Response created = KeyCalls.create(owner, "users:read");
        String id = created.path("id");
        String first = created.path("key");
        KeyCalls.assertGood(first);

        String second = Actors.as(owner)
                .body(Map.of())
                .post("/api/api-keys/" + id + "/rotate")
                .path("key");
        KeyCalls.assertRefused(first);
        KeyCalls.assertGood(second);
        String third = KeyCalls.rotate(owner, id, 3600).path("key");
        KeyCalls.assertGood(second);
        KeyCalls.rotate(owner, id, 3600);
        KeyCalls.assertRefused(second);
        KeyCalls.assertGood(third);
        KeyCalls.rotate(owner, id, 604_801).then().statusCode(400).body("errors.field", contains("gracePeriodSeconds"));
        KeyCalls.rotate(owner, id, -1).then().statusCode(400).body("errors.field", contains("gracePeriodSeconds"));
    }

    @Test
    void aUserHasNoMoreKeysThanItMayHoweverManyAreMadeAtOnce() {
        Actors.token(owner);
        ExecutorService clients = Executors.newFixedThreadPool(16);
        List<Integer> statuses = IntStream.range(0, 110)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> KeyCalls.create(owner, Map.of("name", "Key " + i)).statusCode(), clients))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        clients.shutdown();

        assertThat(statuses.stream().filter(status -> status == 201)).hasSize(100);
        assertThat(statuses.stream().filter(status -> status == 409)).hasSize(10);
        KeyCalls.create(owner, Map.of("name", "One more"))
                .then()
                .statusCode(409)
                .body("code", equalTo("conflict"));
    }

    @Test
    void adminsSeeAndRevokeTheKeysOfTheirUsers() {
        TestUser admin = Given.adminOf(owner);
        Response one = KeyCalls.create(owner, "users:read");
        Response two = KeyCalls.create(owner, "users:read");
        Response three = KeyCalls.create(owner, "users:read");
        String path = "/api/admin/users/" + owner.id() + "/api-keys";

        Actors.as(admin).get(path).then().statusCode(200).body("total", equalTo(3));
        Actors.as(admin)
                .get("/api/admin/users/" + owner.v1Id() + "/api-keys/" + one.path("id"))
                .then()
                .statusCode(200)
                .body("name", equalTo("Export"));
        KeyCalls.assertGood(one.path("key"));
        Actors.as(admin).delete(path + "/" + one.path("id")).then().statusCode(204);
        KeyCalls.assertRefused(one.path("key"));
        Actors.as(admin)
                .delete(path + "/" + one.path("id"))
                .then()
                .statusCode(404)
                .body("code", equalTo("not_found"));
        KeyCalls.assertGood(two.path("key"));
        Actors.as(admin).delete(path).then().statusCode(204);
        KeyCalls.assertRefused(two.path("key"));
        KeyCalls.assertRefused(three.path("key"));
    }

    @Test
    void anAdminDoesNotRevokeTheKeysOfAnotherAdmin() {
        TestUser fellow = Given.admin().create();
        TestUser admin = Given.adminOf(fellow);
        Response key = KeyCalls.create(fellow, "users:read");
        String path = "/api/admin/users/" + fellow.id() + "/api-keys";

        for (String target : List.of(path, path + "/" + key.path("id"))) {
            Actors.as(admin).delete(target).then().statusCode(403).body("code", equalTo("forbidden"));
        }
        KeyCalls.assertGood(key.path("key"));
        Actors.as(Given.superAdmin().create()).delete(path).then().statusCode(204);
        KeyCalls.assertRefused(key.path("key"));
    }
}
