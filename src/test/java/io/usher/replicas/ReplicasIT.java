package io.usher.replicas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.response.Response;
import io.usher.testing.Given;
import io.usher.testing.RealServers;
import io.usher.testing.TestUser;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two processes of the package on one PostgreSQL and one Redis: what one does, the other knows at its next request. */
class ReplicasIT extends TwoReplicas {
    private static final String NEW_PASSWORD = "Another-Horse-8";

    @Test
    void thePackageRunsInProduction() {
        assertThat(one.output()).contains("Profile prod activated").doesNotContain("local mode");
    }

    @Test
    void aLogoutOnOneIsSeenByTheOther() {
        String token = knownToBoth(Given.customer().create());

        assertThat(one.as(token).post("/api/auth/logout").statusCode()).isEqualTo(204);

        assertRevoked(two, token);
    }

    @Test
    void aPasswordChangeEndsTheOtherSessionsEverywhereAndKeepsItsOwn() {
        TestUser user = Given.customer().create();
        String changing = knownToBoth(user);
        String other = knownToBoth(user);

        Response change = one.as(changing)
                .body(Map.of("currentPassword", Given.PASSWORD, "newPassword", NEW_PASSWORD))
                .post("/api/auth/change-password");
        assertThat(change.statusCode()).as(change.asString()).isEqualTo(204);

        assertRevoked(two, other);
        assertThat(two.as(changing).get("/api/auth/me").statusCode()).isEqualTo(200);
    }

    @Test
    void aSuspensionEndsTheUsersSessionsEverywhere() {
        TestUser user = Given.customer().create();
        String token = knownToBoth(user);

        assertThat(one.as(superAdmin()).post(user.path("/suspend")).statusCode())
                .isEqualTo(200);

        assertRevoked(two, token);
    }

    @Test
    void anApiKeyThatOneChangesIsRefusedByTheOther() {
        TestUser user = Given.customer().create();
        String token = knownToBoth(user);
        Response created = one.as(token)
                .body(Map.of("name", "Export", "scopes", List.of("users:read")))
                .post("/api/api-keys");
        assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
        String path = "/api/api-keys/" + created.path("id");
        String key = created.path("key");
        for (Replica replica : List.of(one, two)) {
            assertThat(replica.as(key).get("/api/auth/me").statusCode()).isEqualTo(200);
        }

        assertThat(one.as(token).body(Map.of("active", false)).patch(path).statusCode())
                .isEqualTo(200);
        assertThat(two.as(key).get("/api/auth/me").statusCode()).isEqualTo(401);
        assertThat(two.as(token).body(Map.of("active", true)).patch(path).statusCode())
                .isEqualTo(200);
        assertThat(one.as(key).get("/api/auth/me").statusCode()).isEqualTo(200);
        assertThat(two.as(token).body(Map.of()).post(path + "/rotate").statusCode())
                .isEqualTo(200);
        assertThat(one.as(key).get("/api/auth/me").statusCode()).isEqualTo(401);
    }

    @Test
    void aRoleChangeEndsTheUsersSessionsEverywhere() {
        TestUser user = Given.customer().create();
        String role = Given.customRole();
        String token = knownToBoth(user);

        Response change =
                one.as(superAdmin()).body(Map.of("roles", List.of(role))).patch(user.path(""));
        assertThat(change.statusCode()).as(change.asString()).isEqualTo(200);

        assertRevoked(two, token);
        Response again = login(two, user.email(), Given.PASSWORD);
        assertThat(again.<List<String>>path("user.roles")).contains("customer", role);
    }

    @Test
    void aChangedViewIsNeverReadInItsOldForm() {
        TestUser user = Given.customer().create();
        String token = knownToBoth(user);
        for (int i = 0; i < 20; i++) {
            Replica writer = i % 2 == 0 ? one : two;
            Replica reader = i % 2 == 0 ? two : one;
            assertThat(writer.as(token)
                            .body(Map.of("name", "Ann " + i))
                            .patch(user.path(""))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(reader.as(token).get(user.path("")).<String>path("name")).isEqualTo("Ann " + i);
        }
    }

    @Test
    void bothCountTowardsOneLimit() {
        TestUser user = Given.customer().create();
        for (int i = 0; i < 5; i++) {
            Response wrong = login(i % 2 == 0 ? one : two, user.email(), "Wrong-Horse-9");
            assertThat(wrong.statusCode()).as(wrong.asString()).isEqualTo(401);
        }

        Response surplus = login(two, user.email(), "Wrong-Horse-9");
        assertThat(surplus.statusCode()).isEqualTo(429);
        assertThat(surplus.<String>path("code")).isEqualTo("rate_limited");
        assertThat(login(one, user.email(), "Wrong-Horse-9").statusCode()).isEqualTo(429);
    }

    @Test
    void withoutRedisBothGoOnFromPostgresAndRecoverByThemselves() {
        TestUser user = Given.customer().create();
        String token = knownToBoth(user);
        String other = knownToBoth(user);
        RealServers.stopRedis();
        try {
            assertThat(one.as(token).get("/api/auth/me").statusCode()).isEqualTo(200);
            assertThat(two.as(token).get("/api/auth/me").statusCode()).isEqualTo(200);
            await().untilAsserted(
                            () -> assertThat(two.readiness()).startsWith("200").containsIgnoringCase("degraded"));

            assertThat(one.as(token).post("/api/auth/logout").statusCode()).isEqualTo(204);
            assertRevoked(two, token);
            assertThat(login(one, user.email(), Given.PASSWORD).statusCode()).isEqualTo(200);
            assertTheLimitHoldsOn(one);
        } finally {
            RealServers.startRedis();
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(one.readiness()).startsWith("200").doesNotContainIgnoringCase("degraded");
            assertThat(two.readiness()).startsWith("200").doesNotContainIgnoringCase("degraded");
        });
        assertRevoked(two, token);
        assertThat(two.as(other).get("/api/auth/me").statusCode()).isEqualTo(200);
        assertThat(one.as(other).post("/api/auth/logout").statusCode()).isEqualTo(204);
        assertRevoked(two, other);
    }

    @Test
    void bothRecoverWhenPostgresWasRestarted() {
        TestUser user = Given.customer().create();
        String token = knownToBoth(user);

        RealServers.restartPostgres();

        for (Replica replica : List.of(one, two)) {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(replica.as(token)
                            .body(Map.of("name", "Ann"))
                            .patch(user.path(""))
                            .statusCode())
                    .isEqualTo(200));
        }
    }

    private static void assertTheLimitHoldsOn(Replica replica) {
        TestUser user = Given.customer().create();
        for (int i = 0; i < 5; i++) {
            assertThat(login(replica, user.email(), "Wrong-Horse-9").statusCode())
                    .isEqualTo(401);
        }
        assertThat(login(replica, user.email(), "Wrong-Horse-9").statusCode()).isEqualTo(429);
    }

    /** A token that both have seen, and so have in their caches. */
    private static String knownToBoth(TestUser user) {
        Response answer = login(one, user.email(), Given.PASSWORD);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        String token = answer.path("token");
        for (Replica replica : List.of(one, two)) {
            assertThat(replica.as(token).get(user.path("")).statusCode()).isEqualTo(200);
        }
        return token;
    }

    private static String superAdmin() {
        return knownToBoth(Given.superAdmin().create());
    }

    private static Response login(Replica replica, String username, String password) {
        return replica.request()
                .body(Map.of("username", username, "password", password))
                .post("/api/auth/login");
    }

    private static void assertRevoked(Replica replica, String token) {
        Response response = replica.as(token).get("/api/auth/me");
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(401);
        assertThat(response.<String>path("code")).isEqualTo("session_revoked");
    }
}
