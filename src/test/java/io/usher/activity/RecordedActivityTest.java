package io.usher.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import io.usher.security.Client;
import io.usher.security.Fixtures;
import io.usher.testing.Actors;
import io.usher.testing.Actors.Tokens;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.Mails;
import io.usher.testing.MutableClock;
import io.usher.testing.NoLimits;
import io.usher.testing.Parallel;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the service records by itself: with what it records, or not at all. */
@UsherTest
@TestProfile(NoLimits.class)
class RecordedActivityTest {
    private static final String NEW = "Better-Horse-8";

    @Inject
    ActivityService activities;

    @Inject
    Fixtures fixtures;

    @Inject
    MutableClock clock;

    private TestUser user;

    @BeforeEach
    void arrange() {
        user = Given.customer().create();
    }

    @Test
    void aLoginIsRecordedAndAFailedOneIsNot() {
        Actors.tryLogin(user.email(), "Wrong-Horse-7").then().statusCode(401);
        assertThat(recorded(user)).isEmpty();

        Tokens tokens = Actors.login(user);

        assertThat(recorded(user)).containsExactly("login {\"method\": \"password\"}");
        Actors.withToken(tokens.accessToken())
                .get(user.path("/activities"))
                .then()
                .statusCode(200)
                .body("items.activityType", contains("login"))
                .body("items[0].details.method", equalTo("password"));
    }

    @Test
    void aSuspendedUserLeavesNoTrace() {
        TestUser suspended = Given.customer().status("suspended").create();

        Actors.tryLogin(suspended.email(), Given.PASSWORD).then().statusCode(403);

        assertThat(recorded(suspended)).isEmpty();
    }

    @Test
    void anInvitedUserChangesItsPasswordAndSignsIn() {
        TestUser admin = Given.admin().create();
        String email = Given.email();
        Response invited = Actors.as(admin).body(Map.of("email", email)).post("/api/users");
        String token = invited.path("setupToken");
        TestUser guest = new TestUser(UUID.fromString(invited.path("id")), email, "");

        Actors.tryLogin(email, token).then().statusCode(200).body("requirePasswordSetup", equalTo(true));
        assertThat(recorded(guest)).isEmpty();
        setPassword(email, "x".repeat(43)).then().statusCode(401);
        assertThat(recorded(guest)).isEmpty();
        setPassword(email, token).then().statusCode(200);

        assertThat(recorded(guest))
                .containsExactlyInAnyOrder("settings_change {\"kind\": \"password\"}", "login {\"method\": \"setup\"}");
    }

    @Test
    void aVerifiedAddressIsALogin() {
        String email = Given.email();
        post("/register", Map.of("email", email, "password", NEW)).then().statusCode(202);
        String code = Mails.first(email).code();
        TestUser registered = new TestUser(
                UUID.fromString(String.valueOf(Database.text("select id from users where email = ?", email))),
                email,
                "");
        post("/verify-email", Map.of("email", email, "code", code.equals("000000") ? "000001" : "000000"))
                .then()
                .statusCode(401);
        assertThat(recorded(registered)).isEmpty();

        post("/verify-email", Map.of("email", email, "code", code)).then().statusCode(200);

        assertThat(recorded(registered)).containsExactly("login {\"method\": \"verification\"}");
    }

    @Test
    void logoutsAreRecordedOnceForEachSession() {
        Tokens tokens = Actors.login(user);
        Actors.login(user);
        forget(user);

        Parallel.times(4, 4, i -> Actors.withToken(tokens.accessToken())
                .post("/api/auth/logout")
                .statusCode());

        assertThat(recorded(user)).containsExactly("logout null");
        Actors.withToken(Actors.login(user).accessToken())
                .post("/api/auth/logout-all")
                .then()
                .statusCode(204);
        assertThat(recorded(user)).contains("logout {\"everywhere\": true}").hasSize(3);
    }

    @Test
    void aProfileChangeNamesItsFieldsAndNoValue() {
        Map<String, Object> body = new HashMap<>(Map.of("name", "Ann Secret", "city", "Ghent", "phone", "+3212"));
        Actors.as(user).body(body).patch(user.path("")).then().statusCode(200);
        forgetLogins(user);
        assertThat(recorded(user))
                .containsExactly(
                        "settings_change {\"kind\": \"profile\", \"fields\": [\"city\", \"name\", \"phone\"]}");

        Actors.as(user).body(body).patch(user.path("")).then().statusCode(200);
        Actors.as(user)
                .header("If-Match", "\"99-x\"")
                .body(Map.of("name", "Bob"))
                .patch(user.path(""))
                .then()
                .statusCode(412);
        Actors.as(user)
                .body(Map.of("username", Given.customer().create().username()))
                .patch(user.path(""))
                .then()
                .statusCode(409);
        assertThat(recorded(user)).as("what changed nothing").hasSize(1);
    }

    @Test
    void whatAnAdminChangesIsTheUsersWithTheAdminsId() {
        TestUser admin = Given.adminOf(user);
        Actors.as(admin)
                .body(Map.of("name", "Ann", "notes", "Called", "leadStatus", "lead"))
                .put("/api/admin/users/" + user.id())
                .then()
                .statusCode(200);
        Actors.as(admin)
                .body(Map.of("notes", "Called twice"))
                .patch(user.path(""))
                .then()
                .statusCode(200);
        Actors.as(admin)
                .post("/api/admin/users/" + user.id() + "/reset-password")
                .then()
                .statusCode(200);

        JsonPath list = Actors.as(admin).get(user.path("/activities")).jsonPath();

        assertThat(list.getList("items.activityType")).isEqualTo(List.of("settings_change", "settings_change"));
        assertThat(list.getList("items.details.kind")).isEqualTo(List.of("password", "profile"));
        assertThat(list.getList("items.details.actorId"))
                .isEqualTo(List.of(admin.id().toString(), admin.id().toString()));
        assertThat(list.getList("items[1].details.fields")).isEqualTo(List.of("name"));
    }

    @Test
    void everyWayToAnotherPasswordIsRecorded() {
        Tokens tokens = Actors.login(user);
        forget(user);
        Map<String, ?> change = Map.of("currentPassword", Given.PASSWORD, "newPassword", NEW);
        Map<String, ?> wrong = Map.of("currentPassword", "Wrong-Horse-7", "newPassword", NEW);
        Actors.withToken(tokens.accessToken())
                .body(wrong)
                .post("/api/auth/change-password")
                .then()
                .statusCode(401);
        assertThat(recorded(user)).isEmpty();
        Actors.withToken(tokens.accessToken())
                .body(change)
                .post("/api/auth/change-password")
                .then()
                .statusCode(204);
        assertThat(recorded(user)).containsExactly("settings_change {\"kind\": \"password\"}");

        TestUser forgetful = Given.customer().create();
        post("/forgot-password", Map.of("email", forgetful.email())).then().statusCode(202);
        String token = Mails.first(forgetful.email()).token();
        reset("x".repeat(43)).then().statusCode(401);
        reset(token).then().statusCode(204);
        assertThat(recorded(forgetful)).containsExactly("settings_change {\"kind\": \"password\"}");
    }

    @Test
    void whatIsTakenBackWasNeverRecorded() {
        assertThatThrownBy(() -> fixtures.run(() -> Panache.withTransaction(() -> activities
                        .record(user.id(), ActivityType.USER_SWITCH, null, new Client("192.0.2.1", null))
                        .chain(() -> Uni.createFrom().failure(new IllegalStateException("taken back"))))))
                .hasMessage("taken back");

        assertThat(recorded(user)).isEmpty();
    }

    @Test
    void thisMonthAndThreeMoreAreThereFromTheStartOn() {
        YearMonth now = YearMonth.now(ZoneOffset.UTC);
        for (int ahead = 0; ahead <= 3; ahead++) {
            String partition =
                    "user_activities_" + now.plusMonths(ahead).toString().replace('-', '_');
            assertThat(Database.text("select to_regclass(?)", partition)).isEqualTo(partition);
        }
    }

    @Test
    void nothingFailsInAMonthThatNobodyMade() {
        clock.set(Instant.parse("2043-06-01T00:00:00Z"));

        Tokens tokens = Actors.login(user);
        Actors.withToken(tokens.accessToken())
                .body(Map.of("activityType", "scrape"))
                .post("/api/activities")
                .then()
                .statusCode(201);
        Actors.withToken(tokens.accessToken())
                .get(user.path("/activities?since=2043-06-01T00:00:00Z"))
                .then()
                .body("items.activityType", contains("scrape", "login"));
        Actors.withToken(tokens.accessToken()).post("/api/auth/logout").then().statusCode(204);
        assertThat(recorded(user)).hasSize(3);
    }

    @Test
    void thePastIsBroughtInWithItsTimes() {
        List<ActivityService.Past> past = new ArrayList<>();
        past.add(new ActivityService.Past(user.id(), ActivityType.LOGIN, null, Instant.parse("2015-03-04T05:06:07Z")));
        past.add(new ActivityService.Past(
                user.id(), ActivityType.SCRAPE, "{\"pages\": 3}", Instant.parse("2015-04-01T00:00:00Z")));
        fixtures.run(() -> activities
                .ensureMonths(Set.of(YearMonth.of(2015, 3), YearMonth.of(2015, 4)))
                .chain(() -> activities.recordPast(past))
                .chain(() -> activities.recordPast(List.of()))
                .replaceWith(true));

        Actors.as(user)
                .get(user.path("/activities?until=2016-01-01T00:00:00Z"))
                .then()
                .body("items.createdAt", contains("2015-04-01T00:00:00.000Z", "2015-03-04T05:06:07.000Z"))
                .body("items[0].details.pages", equalTo(3));
        assertThat(Database.number("select count(*) from user_activities_2015_03 where user_id = ?", user.id()))
                .isEqualTo(1);
    }

    private static Response post(String path, Map<String, ?> body) {
        return Actors.anonymous().body(body).post("/api/auth" + path);
    }

    private static Response setPassword(String email, String token) {
        return post("/set-password", Map.of("email", email, "setupToken", token, "password", NEW));
    }

    private static Response reset(String token) {
        return post("/reset-password", Map.of("token", token, "newPassword", NEW));
    }

    /** Type and details of all of a user's, oldest first. */
    private static List<String> recorded(TestUser whose) {
        return Database.column(
                "select activity_type || ' ' || coalesce(cast(details as text), 'null') from user_activities"
                        + " where user_id = ? order by created_at, id",
                whose.id());
    }

    private static void forget(TestUser whose) {
        Database.execute("delete from user_activities where user_id = ?", whose.id());
    }

    private static void forgetLogins(TestUser whose) {
        Database.execute("delete from user_activities where user_id = ? and activity_type = 'login'", whose.id());
    }
}
