package io.usher.auth;

import static io.usher.testing.Actors.withToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.usher.testing.Actors;
import io.usher.testing.Actors.Tokens;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.NoLimits;
import io.usher.testing.RealServers;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** /api/auth/me, own sessions, signing out, and changing the own password. */
@UsherTest
@TestProfile(NoLimits.class)
class OwnSessionsTest {
    private final TestUser user = Given.customer().named("Ada").create();

    @Test
    void meSaysWhoCallsAndInWhichSession() {
        Tokens login = Actors.login(user);

        for (int i = 0; i < 2; i++) {
            me(login)
                    .then()
                    .statusCode(200)
                    .body("user.id", equalTo(user.id().toString()))
                    .body("user.displayName", equalTo("Ada"))
                    .body("user.credits", equalTo(0))
                    .body("roles", equalTo(List.of("customer")))
                    .body("quotas.image.limit", equalTo(50))
                    .body("credits", equalTo(0));
        }
        assertThat(me(login).jsonPath().getMap("session").keySet())
                .containsExactlyInAnyOrder("id", "createdAt", "lastActivityAt", "expiresAt");
        assertThat(me(login).jsonPath().getMap("user")).doesNotContainKey("notes");
    }

    @Test
    void anAdminSeesOfItselfWhatItSeesOfOthers() {
        TestUser admin = Given.superAdmin().create();
        Tokens login = Actors.login(admin);

        Map<String, Object> own =
                withToken(login.accessToken()).get(admin.path("")).jsonPath().getMap("");

        assertThat(me(login).jsonPath().getMap("user")).isEqualTo(own).containsKey("notes");
        me(login).then().body("roles", equalTo(List.of("admin", "super-admin")));
    }

    @Test
    void listsOnlyTheCallersLiveSessionsAndMarksTheCurrentOne() {
        Tokens first = Actors.login(user);
        Actors.login(user);
        Actors.login(Given.customer().create());
        logout(Actors.login(user)).then().statusCode(204);

        Response list = sessions(first);

        list.then().statusCode(200).body("items", hasSize(2));
        assertThat(list.jsonPath().getList("items.findAll { it.current }.id"))
                .containsExactly((String) me(first).path("session.id"));
        assertThat(list.jsonPath().getList("items.ip")).containsOnly("127.0.0.1");
    }

    @Test
    void endsOneSessionAndNobodyElses() {
        Tokens mine = Actors.login(user);
        Tokens other = Actors.login(user);
        Tokens stranger = Actors.login(Given.customer().create());
        String otherId = me(other).path("session.id");
        String strangersId = me(stranger).path("session.id");

        end(mine, strangersId).then().statusCode(404).body("code", equalTo("not_found"));
        end(mine, UUID.randomUUID().toString()).then().statusCode(404).body("code", equalTo("not_found"));
        end(mine, "1").then().statusCode(404);
        end(mine, otherId).then().statusCode(204);
        end(mine, otherId).then().statusCode(404);

        requireRevoked(other);
        me(mine).then().statusCode(200);
        me(stranger).then().statusCode(200);
    }

    @Test
    void endsAllOthers() {
        Tokens mine = Actors.login(user);
        Tokens other = Actors.login(user);
        me(other).then().statusCode(200);

        withToken(mine.accessToken()).delete("/api/auth/sessions").then().statusCode(204);

        requireRevoked(other);
        me(mine).then().statusCode(200);
    }

    @Test
    void loggingOutEndsOnlyTheOwnSessionAtOnce() {
        Tokens mine = Actors.login(user);
        Tokens other = Actors.login(user);
        me(mine).then().statusCode(200);

        logout(mine).then().statusCode(204);

        requireRevoked(mine);
        AuthCalls.refresh(mine.refreshToken()).then().statusCode(401).body("code", equalTo("session_revoked"));
        me(other).then().statusCode(200);
    }

    @Test
    void loggingOutEverywhereEndsAll() {
        Tokens mine = Actors.login(user);
        Tokens other = Actors.login(user);
        me(other).then().statusCode(200);

        withToken(mine.accessToken()).post("/api/auth/logout-all").then().statusCode(204);

        requireRevoked(mine);
        requireRevoked(other);
    }

    @Test
    void sessionsSurviveTheLossOfEverythingCached() {
        Tokens mine = Actors.login(user);
        me(mine).then().statusCode(200);

        RealServers.stopRedis();
        RealServers.startRedis();

        me(mine).then().statusCode(200);
    }

    @Test
    void aPasswordChangeSparesOnlyTheOwnSession() {
        Tokens mine = Actors.login(user);
        Tokens other = Actors.login(user);
        me(other).then().statusCode(200);

        change(mine, "Wrong-Horse-7", "Better-Horse-8")
                .then()
                .statusCode(401)
                .body("code", equalTo("invalid_credentials"));
        change(mine, Given.PASSWORD, "weak").then().statusCode(400).body("errors[0].field", equalTo("newPassword"));
        me(other).then().statusCode(200);
        change(mine, Given.PASSWORD, "Better-Horse-8").then().statusCode(204);

        requireRevoked(other);
        me(mine).then().statusCode(200);
        Actors.tryLogin(user.email(), Given.PASSWORD).then().statusCode(401);
        Actors.tryLogin(user.email(), "Better-Horse-8").then().statusCode(200);
        assertThat(io.usher.testing.Mails.first(user.email()).subject()).contains("password was changed");
    }

    @Test
    void aSessionOfASuspendedUserIsRefused() {
        TestUser admin = Given.superAdmin().create();
        Tokens mine = Actors.login(user);
        me(mine).then().statusCode(200);

        Actors.as(admin).post(user.path("/suspend")).then().statusCode(200);

        requireRevoked(mine);
        AuthCalls.refresh(mine.refreshToken()).then().statusCode(401);
        Actors.tryLogin(user.email(), Given.PASSWORD).then().statusCode(403).body("code", equalTo("account_inactive"));
        assertThat(Database.number(
                        "select count(*) from user_sessions where user_id = ? and ended_at is null", user.id()))
                .isZero();
    }

    @Test
    void nobodyDoesAnyOfThisAnonymously() {
        for (String path : List.of("/me", "/sessions")) {
            Actors.anonymous().get("/api/auth" + path).then().statusCode(401).body("code", equalTo("unauthenticated"));
        }
        for (String path : List.of("/logout", "/logout-all")) {
            Actors.anonymous().post("/api/auth" + path).then().statusCode(401).body("code", equalTo("unauthenticated"));
        }
    }

    private static void requireRevoked(Tokens tokens) {
        me(tokens).then().statusCode(401).body("code", equalTo("session_revoked"));
    }

    private static Response me(Tokens tokens) {
        return withToken(tokens.accessToken()).get("/api/auth/me");
    }

    private static Response sessions(Tokens tokens) {
        return withToken(tokens.accessToken()).get("/api/auth/sessions");
    }

    private static Response end(Tokens tokens, String session) {
        return withToken(tokens.accessToken()).delete("/api/auth/sessions/" + session);
    }

    private static Response logout(Tokens tokens) {
        return withToken(tokens.accessToken()).post("/api/auth/logout");
    }

    private static Response change(Tokens tokens, String from, String to) {
        return withToken(tokens.accessToken())
                .body(Map.of("currentPassword", from, "newPassword", to))
                .post("/api/auth/change-password");
    }
}
