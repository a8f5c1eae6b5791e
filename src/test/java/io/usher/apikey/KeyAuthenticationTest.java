package io.usher.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.redis.datasource.RedisDataSource;
import io.restassured.response.Response;
import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.LogCapture;
import io.usher.testing.MutableClock;
import io.usher.testing.RealServers;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Requests that are made with an API key: who they are, what they cost, and when they are refused. */
@UsherTest
class KeyAuthenticationTest {
    private final TestUser owner = Given.customer().create();
    private final TestUser superAdmin = Given.superAdmin().create();

    @Inject
    MutableClock clock;

    @Inject
    RedisDataSource redis;

    @Test
    void aKeyIsTakenInEitherHeader() {
        String key = KeyCalls.create(owner, "users:read").path("key");

        KeyCalls.me(key)
                .then()
                .statusCode(200)
                .body("user.id", equalTo(owner.id().toString()))
                .body("session", nullValue());
        Actors.withToken(key).get("/api/auth/me").then().statusCode(200);
        Actors.anonymous()
                .header("Authorization", "bearer " + key)
                .get("/api/auth/me")
                .then()
                .statusCode(200);
        Actors.withKey(key)
                .header("Authorization", "Basic dXNlcjpwYXNz")
                .get("/api/auth/me")
                .then()
                .statusCode(200);
    }

    @Test
    void twoCredentialsAreOneTooMany() {
        String key = KeyCalls.create(owner, "users:read").path("key");
        String token = Actors.token(owner);

        for (Response response : List.of(
                Actors.withKey(key).header("Authorization", "Bearer " + token).get("/api/auth/me"),
                Actors.withKey(key).header("Authorization", "Bearer " + key).get("/api/auth/me"),
                Actors.withKey("").header("Authorization", "Bearer " + token).get("/api/auth/me"),
                Actors.anonymous().header("X-API-Key", key, key).get("/api/auth/me"),
                Actors.anonymous()
                        .header("Authorization", "Bearer " + token, "Bearer " + token)
                        .get("/api/auth/me"))) {
            response.then().statusCode(401).body("code", equalTo("unauthenticated"));
        }
    }

    @Test
    void whatIsNoKeyIsRefusedWithoutRedisOrPostgres() throws SQLException {
        String key = KeyCalls.create(owner, "users:read").path("key");
        String wrong = key.substring(0, key.length() - 1) + (key.endsWith("a") ? 'b' : 'a');
        try (Connection connection = lockedTable();
                Statement statement = connection.createStatement()) {
            long scripts = scripts();
            for (String garbage : List.of(wrong, "ush_", "x", "ush_" + "0".repeat(49), key + "0")) {
                KeyCalls.assertRefused(garbage);
            }
            assertThat(scripts()).isEqualTo(scripts);
            statement.execute("rollback");
        }
        KeyCalls.assertGood(key);
        KeyCalls.assertRefused(io.usher.security.ApiKeySecret.generate().text());
    }

    @Test
    void aRequestThatIsCachedCostsOneScriptAndNoStatement() throws SQLException {
        String key = KeyCalls.create(owner, "users:read").path("key");
        KeyCalls.assertGood(key);
        KeyCalls.assertGood(key);
        try (Connection connection = lockedTable();
                Statement statement = connection.createStatement()) {
            long scripts = scripts();
            for (int i = 0; i < 20; i++) {
                KeyCalls.assertGood(key);
            }
            assertThat(scripts() - scripts).isEqualTo(20);
            statement.execute("rollback");
        }
    }

    @Test
    void eachKeyHasALimitOfItsOwn() {
        String one = KeyCalls.create(owner, "users:read").path("key");
        String two = KeyCalls.create(owner, "users:read").path("key");
        KeyCalls.assertGood(one);
        KeyCalls.assertGood(two);

        assertThat(KeyCalls.me(one).header("RateLimit")).startsWith("\"api\";r=1198;");
        assertThat(KeyCalls.me(one).header("RateLimit")).startsWith("\"api\";r=1197;");
        assertThat(KeyCalls.me(two).header("RateLimit")).startsWith("\"api\";r=1198;");
    }

    @Test
    void lastUsedAtIsWrittenAtMostOnceAMinute() {
        Response created = KeyCalls.create(owner, "users:read");
        String key = created.path("key");
        UUID id = UUID.fromString(created.path("id"));
        KeyCalls.assertGood(key);
        String written = version(id);
        assertThat(lastUsed(id))
                .isBetween(Instant.now().minusSeconds(20), Instant.now().plusSeconds(1));

        for (int i = 0; i < 10; i++) {
            Actors.as(owner)
                    .body(Map.of("name", "Ann " + i))
                    .patch(owner.path(""))
                    .then()
                    .statusCode(200);
            KeyCalls.assertGood(key);
        }
        assertThat(version(id))
                .as("the row, after requests that nothing was cached for")
                .isEqualTo(written);

        clock.advance(Duration.ofSeconds(62));
        Actors.as(owner)
                .body(Map.of("name", "Ann"))
                .patch(owner.path(""))
                .then()
                .statusCode(200);
        KeyCalls.assertGood(key);
        assertThat(version(id)).isNotEqualTo(written);
        assertThat(lastUsed(id)).isAfter(Instant.now().plusSeconds(40));
    }

    @Test
    void aKeyIsRefusedFromTheMomentOnThatItExpires() {
        String expires = Instant.now().plusSeconds(30).toString();
        String key = KeyCalls.create(
                        owner, Map.of("name", "Short", "scopes", List.of("users:read"), "expiresAt", expires))
                .path("key");
        KeyCalls.assertGood(key);
        KeyCalls.assertGood(key);

        clock.advance(Duration.ofSeconds(31));

        KeyCalls.assertRefused(key);
    }

    @Test
    void aKeyThatIsSwitchedOffOrDeletedIsRefusedAtOnce() {
        Response created = KeyCalls.create(owner, "users:read");
        String key = created.path("key");
        String id = created.path("id");
        for (int i = 0; i < 5; i++) {
            KeyCalls.assertGood(key);
            KeyCalls.patch(owner, id, Map.of("active", false)).then().body("active", equalTo(false));
            KeyCalls.assertRefused(key);
            KeyCalls.patch(owner, id, Map.of("active", true)).then().body("active", equalTo(true));
        }
        KeyCalls.assertGood(key);
        Actors.as(owner).delete("/api/api-keys/" + id).then().statusCode(204);
        KeyCalls.assertRefused(key);
    }

    @Test
    void scopesThatAreTakenAwayAreGoneAtOnce() {
        Response created = KeyCalls.create(owner, "users:read", "users:write");
        String key = created.path("key");
        Actors.withKey(key)
                .body(Map.of("name", "Ann"))
                .patch(owner.path(""))
                .then()
                .statusCode(200);

        KeyCalls.patch(owner, created.path("id"), Map.of("scopes", List.of("users:read")));

        Actors.withKey(key)
                .body(Map.of("name", "Ben"))
                .patch(owner.path(""))
                .then()
                .statusCode(403)
                .body("code", equalTo("insufficient_scope"))
                .body("detail", equalTo("The API key needs the scope 'users:write' for this."));
        KeyCalls.assertGood(key);
    }

    @Test
    void aKeyStopsWithItsOwner() {
        String key = KeyCalls.create(owner, "users:read").path("key");
        KeyCalls.assertGood(key);
        for (String stop : List.of("/suspend", "/deactivate")) {
            Actors.as(superAdmin).post(owner.path(stop)).then().statusCode(200);
            KeyCalls.assertRefused(key);
            Actors.as(superAdmin).post(owner.path("/activate")).then().statusCode(200);
            KeyCalls.assertGood(key);
        }
        Actors.as(superAdmin).delete(owner.path("")).then().statusCode(204);
        KeyCalls.assertRefused(key);
        Actors.as(superAdmin).delete(owner.path("?permanent=true")).then().statusCode(204);
        KeyCalls.assertRefused(key);
    }

    @Test
    void aKeyHasTheRightsThatItsOwnerHasNow() {
        TestUser admin = Given.adminOf(owner);
        String key = KeyCalls.create(admin, "*").path("key");
        Actors.withKey(key).get("/api/users").then().statusCode(200).body("total", equalTo(2));
        Actors.withKey(key).get("/api/admin/roles").then().statusCode(403).body("code", equalTo("forbidden"));

        Actors.as(superAdmin)
                .body(Map.of("userType", "customer"))
                .patch(admin.path(""))
                .then()
                .statusCode(200);

        Actors.withKey(key).get("/api/users").then().statusCode(403).body("code", equalTo("forbidden"));
        Actors.withKey(key).get(owner.path("")).then().statusCode(403).body("code", equalTo("forbidden"));
        Actors.withKey(key).get(admin.path("")).then().statusCode(200);
    }

    @Test
    void aKeyMovesNoAddressSetsNoPasswordAndGivesNoRightsUnlessItMayAdminister() {
        String users = KeyCalls.create(superAdmin, "users:read", "users:write").path("key");
        String everything = KeyCalls.create(superAdmin, "*").path("key");

        for (Map<String, ?> change : List.of(
                Map.of("email", Given.email()),
                Map.of("userType", "admin"),
                Map.of("roles", List.of(Given.customRole())))) {
            String field = change.keySet().iterator().next();
            Actors.withKey(users)
                    .body(change)
                    .patch(owner.path(""))
                    .then()
                    .statusCode(403)
                    .body("code", equalTo("forbidden"))
                    .body("detail", equalTo("You may not write: " + field + "."));
        }
        Actors.withKey(everything)
                .body(Map.of("email", Given.email()))
                .patch(superAdmin.path(""))
                .then()
                .statusCode(403)
                .body("detail", equalTo("You may not write: email."));
        Actors.withKey(everything)
                .body(Map.of("email", Given.email()))
                .patch(Given.admin().create().path(""))
                .then()
                .statusCode(403)
                .body("detail", equalTo("You may not write: email, of an admin."));
        Actors.withKey(everything)
                .body(Map.of("email", Given.email(), "userType", "admin", "superAdmin", true))
                .post("/api/users")
                .then()
                .statusCode(403)
                .body("detail", equalTo("You may not write: superAdmin, userType."));
        Actors.withKey(everything)
                .body(Map.of("email", Given.email(), "password", "Another-Horse-8"))
                .post("/api/users")
                .then()
                .statusCode(403)
                .body("detail", equalTo("You may not write: password."));
        Actors.withKey(users)
                .body(Map.of("email", Given.email()))
                .post("/api/users")
                .then()
                .statusCode(201);
        Actors.withKey(everything)
                .body(Map.of("roles", List.of(Given.customRole())))
                .patch(owner.path(""))
                .then()
                .statusCode(200);
    }

    @Test
    void aKeyIsNeitherLoggedNorEchoed() {
        try (LogCapture log = new LogCapture()) {
            String key = KeyCalls.create(owner, "users:read").path("key");
            Response refused = Actors.withKey(key).get("/api/users");
            Response wrong = KeyCalls.me(key.substring(0, 52) + (key.endsWith("a") ? 'b' : 'a'));
            assertThat(refused.asString() + wrong.asString() + refused.headers() + wrong.headers())
                    .doesNotContain(key.substring(12, 40));
            assertThat(String.join("\n", log.lines())).doesNotContain(key.substring(12, 40));
            assertThat(redis.execute("KEYS", "*" + key.substring(12, 40) + "*").size())
                    .isZero();
        }
    }

    private static Connection lockedTable() throws SQLException {
        Connection connection = RealServers.database().getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("lock table api_keys in access exclusive mode");
        }
        return connection;
    }

    private long scripts() {
        Matcher calls = Pattern.compile("cmdstat_evalsha:calls=(\\d+)")
                .matcher(redis.execute("INFO", "commandstats").toString());
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }

    /** Another one after each write of the row. */
    private static String version(UUID id) {
        return String.valueOf(Database.text("select xmin::text from api_keys where id = ?", id));
    }

    private static Instant lastUsed(UUID id) {
        String seconds =
                Database.text("select extract(epoch from last_used_at)::bigint from api_keys where id = ?", id);
        return Instant.ofEpochSecond(Long.parseLong(String.valueOf(seconds)));
    }
}
