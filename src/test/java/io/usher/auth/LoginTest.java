package io.usher.auth;

import static io.usher.auth.AuthCalls.bcryptRuns;
import static io.usher.auth.AuthCalls.comparable;
import static io.usher.auth.AuthCalls.post;
import static io.usher.testing.Actors.tryLogin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.TestProfile;
import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.LogCapture;
import io.usher.testing.NoLimits;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.Test;

/** POST /api/auth/login. */
@UsherTest
@TestProfile(NoLimits.class)
class LoginTest {
    @Test
    void answersTokensAndWhoSignedIn() {
        String role = Given.customRole();
        TestUser admin = Given.superAdmin().named("Ada").role(role).create();

        tryLogin(admin.email(), Given.PASSWORD)
                .then()
                .statusCode(200)
                .body("token", not(emptyString()))
                .body("tokenType", equalTo("Bearer"))
                .body("expiresIn", equalTo(900))
                .body("refreshToken", not(emptyString()))
                .body("refreshExpiresIn", equalTo(86400))
                .body("requirePasswordSetup", equalTo(false))
                .body("user.id", equalTo(admin.id().toString()))
                .body("user.email", equalTo(admin.email()))
                .body("user.username", equalTo(admin.username()))
                .body("user.displayName", equalTo("Ada"))
                .body("user.roles", contains("admin", "super-admin", role));
    }

    @Test
    void takesTheEmailOrTheUsernameInAnyCase() {
        TestUser user = Given.customer().create();

        for (String name : List.of(
                user.email(),
                " " + user.email().toUpperCase(Locale.ROOT) + " ",
                user.username().toUpperCase(Locale.ROOT))) {
            tryLogin(name, Given.PASSWORD)
                    .then()
                    .statusCode(200)
                    .body("user.id", equalTo(user.id().toString()));
        }
    }

    @Test
    void notesTheSessionAndTheLogin() {
        TestUser user = Given.customer().create();
        long version = Database.number("select version from users where id = ?", user.id());

        Actors.login(user);

        assertThat(Database.text("select ip from user_sessions where user_id = ?", user.id()))
                .isEqualTo("127.0.0.1");
        assertThat(Database.number(
                        "select count(*) from users where id = ? and last_login_at is not null and version = ?",
                        user.id(),
                        version))
                .isEqualTo(1);
    }

    @Test
    void unknownUserWrongPasswordAndNeverSetPasswordCannotBeToldApart() {
        TestUser known = Given.customer().create();
        TestUser invited = Given.customer().status("pending").withoutPassword().create();
        AuthCalls.setupToken(invited);
        TestUser deleted = Given.customer().deleted().create();

        Map<String, Object> unknown = comparable(tryLogin("nobody-" + Given.unique() + "@example.com", Given.PASSWORD));
        assertThat(unknown).containsEntry("http status", 401).containsEntry("code", "invalid_credentials");
        assertThat(comparable(tryLogin("nobody" + Given.unique(), Given.PASSWORD)))
                .isEqualTo(unknown);
        assertThat(comparable(tryLogin(known.email(), "Wrong-Horse-7"))).isEqualTo(unknown);
        assertThat(comparable(tryLogin(known.email(), Given.PASSWORD + "x"))).isEqualTo(unknown);
        assertThat(comparable(tryLogin(invited.email(), Given.PASSWORD))).isEqualTo(unknown);
        assertThat(comparable(tryLogin(deleted.email(), Given.PASSWORD))).isEqualTo(unknown);
    }

    @Test
    void everyRefusalCostsOneBcrypt() {
        TestUser known = Given.customer().create();
        TestUser invited = Given.customer().status("pending").withoutPassword().create();

        assertThat(bcryptRuns(() -> tryLogin("nobody-" + Given.unique() + "@example.com", "Wrong-Horse-7")))
                .isEqualTo(1);
        assertThat(bcryptRuns(() -> tryLogin(known.email(), "Wrong-Horse-7"))).isEqualTo(1);
        assertThat(bcryptRuns(() -> tryLogin(invited.email(), "Wrong-Horse-7"))).isEqualTo(1);
        assertThat(bcryptRuns(() -> tryLogin(known.email(), "W".repeat(500)))).isEqualTo(1);
    }

    @Test
    void onlyWhoKnowsThePasswordLearnsThatTheAccountIsNotActive() {
        for (String status : List.of("pending", "inactive", "suspended")) {
            TestUser user = Given.customer().status(status).create();

            tryLogin(user.email(), Given.PASSWORD).then().statusCode(403).body("code", equalTo("account_inactive"));
            tryLogin(user.email(), "Wrong-Horse-7").then().statusCode(401).body("code", equalTo("invalid_credentials"));
            assertThat(Database.number("select count(*) from user_sessions where user_id = ?", user.id()))
                    .isZero();
        }
    }

    @Test
    void aPasswordIsNeverCutToWhatBcryptReads() {
        String longest = "Aa1" + "x".repeat(69);
        TestUser user = Given.customer().passwordHash(bcrypt(longest, 4)).create();

        tryLogin(user.email(), longest).then().statusCode(200);
        tryLogin(user.email(), longest + "y").then().statusCode(401);
    }

    @Test
    void aHashOfAnotherCostIsRenewed() {
        TestUser user = Given.customer().passwordHash(bcrypt(Given.PASSWORD, 5)).create();

        tryLogin(user.email(), "Wrong-Horse-7").then().statusCode(401);
        assertThat(hashOf(user)).contains("$05$");
        tryLogin(user.email(), Given.PASSWORD).then().statusCode(200);

        String renewed = hashOf(user);
        assertThat(renewed).contains("$04$");
        tryLogin(user.email(), Given.PASSWORD).then().statusCode(200);
        assertThat(hashOf(user)).isEqualTo(renewed);
    }

    @Test
    void badBodiesNameEveryFieldAndLeaveNothingBehind() {
        Map<String, Long> before = Database.rowCounts();

        post("/login", Map.of("username", 7, "extra", true))
                .then()
                .statusCode(400)
                .body("errors.field", containsInAnyOrder("username", "extra", "password"));
        post("/login", Map.of("username", "a\u0000b", "password", "x"))
                .then()
                .statusCode(400)
                .body("errors", hasSize(1));
        post("/login", Map.of("username", "x".repeat(255), "password", "y".repeat(1001)))
                .then()
                .statusCode(400)
                .body("errors.field", containsInAnyOrder("username", "password"));

        assertThat(Database.rowCounts()).isEqualTo(before);
    }

    private static String hashOf(TestUser user) {
        return String.valueOf(Database.text("select password_hash from users where id = ?", user.id()));
    }

    private static String bcrypt(String password, int cost) {
        return OpenBSDBCrypt.generate("2b", password.getBytes(StandardCharsets.UTF_8), new byte[16], cost);
    }

    @Test
    void aRefusalIsLoggedWithTheUserAndNeverWithWhatWasTyped() {
        TestUser user = Given.customer().create();
        TestUser suspended = Given.customer().status("suspended").create();

        try (LogCapture log = LogCapture.ofInfo(LoginService.class.getName())) {
            tryLogin(user.email(), "Typed-By-Mistake-1").then().statusCode(401);
            tryLogin("Typed-By-Mistake-2", "Typed-By-Mistake-1").then().statusCode(401);
            tryLogin(suspended.email(), Given.PASSWORD).then().statusCode(403);
            tryLogin(user.email(), Given.PASSWORD).then().statusCode(200);

            assertThat(log.lines())
                    .hasSize(3)
                    .noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("mistake") || line.contains("@"));
            assertThat(log.lines().get(0)).contains("Sign-in refused: invalid_credentials, user " + user.id());
            assertThat(log.lines().get(1)).contains("Sign-in refused: invalid_credentials, user unknown");
            assertThat(log.lines().get(2)).contains("Sign-in refused: account_inactive, user " + suspended.id());
        }
    }
}
