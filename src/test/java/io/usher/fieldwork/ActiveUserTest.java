package io.usher.fieldwork;

import static io.usher.testing.Actors.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.response.Response;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.MutableClock;
import io.usher.testing.Parallel;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@UsherTest
class ActiveUserTest {
    private static final String PATH = "/api/active-user";

    @Inject
    MutableClock clock;

    private TestUser one;
    private TestUser two;
    private TestUser admin;

    @BeforeEach
    void arrange() {
        one = Given.customer().create();
        two = Given.customer().create();
        admin = Given.adminOf(one, two);
    }

    @Test
    void anAdminWorksAsOneUserAtATime() {
        noneFor(admin);

        set(admin, one)
                .then()
                .statusCode(200)
                .body("userId", equalTo(one.id().toString()))
                .body("user.id", equalTo(one.id().toString()))
                .body("user.email", equalTo(one.email()))
                .body("user.activeUser", equalTo(true))
                .body("isActive", equalTo(true));
        Response switched = set(admin, two);

        as(admin)
                .get(PATH)
                .then()
                .statusCode(200)
                .body("", equalTo(switched.jsonPath().getMap("")));
        assertThat(owned(admin)).isEqualTo(List.of(two.id().toString()));
        as(admin).delete(PATH).then().statusCode(204);
        as(admin).delete(PATH).then().statusCode(204);
        noneFor(admin);
    }

    @Test
    void everyAdminHasItsOwn() {
        TestUser other = Given.adminOf(one);
        set(admin, one);
        set(other, one);
        set(admin, two);

        as(other).get(PATH).then().body("userId", equalTo(one.id().toString()));
        as(admin).get(PATH).then().body("userId", equalTo(two.id().toString()));
    }

    @Test
    void theUserCountsAsUsedEachTimeAndAsSwitchedToOnce() {
        Instant first = lastUsed(set(admin, one));
        String version = as(admin).get(one.path("")).path("version").toString();
        clock.advance(Duration.ofMinutes(5));

        Response again = set(admin, one);

        assertThat(lastUsed(again)).isAfterOrEqualTo(first.plusSeconds(300));
        assertThat(Instant.parse(again.path("createdAt"))).isEqualTo(first);
        assertThat(Instant.parse(again.path("updatedAt"))).isEqualTo(lastUsed(again));
        assertThat(again.path("user.version").toString()).isEqualTo(version);
        assertThat(switches(admin)).isEqualTo(List.of(one.id().toString()));
        set(admin, two);
        set(admin, one);
        assertThat(switches(admin))
                .isEqualTo(List.of(
                        one.id().toString(), two.id().toString(), one.id().toString()));
        assertThat(switches(one)).isEmpty();
    }

    @Test
    void theUserSeesAtOnceThatItWasUsed() {
        for (int i = 0; i < 5; i++) {
            Instant used = lastUsed(set(admin, one));
            assertThat(Instant.parse(as(one).get(one.path("")).path("lastUsedAt")))
                    .isEqualTo(used);
            clock.advance(Duration.ofSeconds(1));
        }
    }

    @Test
    void viewsSayWhoIsTheActiveUserOfTheOneWhoAsks() {
        TestUser other = Given.adminOf(one);
        set(admin, one);

        as(admin).get(one.path("")).then().body("activeUser", equalTo(true));
        as(admin).get("/api/admin/users/" + two.id()).then().body("activeUser", equalTo(false));
        as(other).get(one.path("")).then().body("activeUser", equalTo(false));
        as(Given.superAdmin().create()).get(one.path("")).then().body("activeUser", equalTo(false));
        Response list = as(admin).get("/api/users?q=" + one.email());
        list.then().body("items.activeUser", contains(true));
        as(other).get("/api/users?q=" + one.email()).then().body("items.activeUser", contains(false));
        as(admin).body(Map.of("notes", "Seen")).patch(one.path("")).then().body("activeUser", equalTo(true));
        as(other).body(Map.of("notes", "Seen too")).patch(one.path("")).then().body("activeUser", equalTo(false));
        as(admin).post(one.path("/suspend")).then().body("activeUser", equalTo(true));
    }

    @Test
    void anAdminThatWorksAsItselfSeesItInItsOwnCachedView() {
        for (int i = 0; i < 3; i++) {
            as(admin).get(admin.path("")).then().body("activeUser", equalTo(false));
            set(admin, admin).then().statusCode(200);
            as(admin).get(admin.path("")).then().body("activeUser", equalTo(true));
            as(admin).get("/api/auth/me").then().body("user.activeUser", equalTo(true));
            set(admin, one).then().statusCode(200);
            as(admin).get(admin.path("")).then().body("activeUser", equalTo(false));
            set(admin, admin);
            as(admin).get(admin.path("")).then().body("activeUser", equalTo(true));
            as(admin).delete(PATH);
        }
    }

    @Test
    void aUserIsNamedByEitherId() {
        set(admin, one.v1Id())
                .then()
                .statusCode(200)
                .body("userId", equalTo(one.id().toString()));
        set(admin, two.id().toString().toUpperCase(java.util.Locale.ROOT))
                .then()
                .statusCode(200);
    }

    @Test
    void whoIsNotInScopeCannotBeToldFromWhoIsNotThere() {
        TestUser stranger = Given.customer().create();
        String real = problem(set(admin, stranger));

        assertThat(real).contains("user_not_found");
        for (String id : List.of(stranger.v1Id(), UUID.randomUUID().toString(), "0123456789abcdef0123456789abcdef")) {
            Response missing = set(admin, id);
            missing.then().statusCode(404);
            assertThat(problem(missing)).isEqualTo(real);
        }
        noneFor(admin);
        assertThat(switches(admin)).isEmpty();
        assertThat(Database.text("select last_used_at from users where id = ?", stranger.id()))
                .isNull();
    }

    @Test
    void refusesWhatIsNoId() {
        for (Object id : List.of("", "x", one.id() + "0", 7, List.of())) {
            as(admin)
                    .body(Map.of("userId", id))
                    .put(PATH)
                    .then()
                    .statusCode(400)
                    .body("errors.field", contains("userId"));
        }
        as(admin).body("{}").put(PATH).then().statusCode(400).body("errors.code", contains("required"));
    }

    @Test
    void aDeletedUserIsNobodysActiveUserUntilItIsRestored() {
        set(admin, one);

        as(admin).delete(one.path("")).then().statusCode(204);

        noneFor(admin);
        as(admin).get(one.path("")).then().body("activeUser", equalTo(false));
        set(admin, one).then().statusCode(409).body("code", equalTo("conflict"));
        as(admin).post(one.path("/restore")).then().statusCode(200).body("activeUser", equalTo(true));
        as(admin).get(PATH).then().statusCode(200);
    }

    @Test
    void aUserThatIsTakenFromAnAdminIsItsActiveUserNoMore() {
        TestUser other = Given.adminOf(one, two);
        set(admin, one);
        set(other, one);

        as(other)
                .delete("/api/admin/users/" + one.id() + "/admins/" + admin.id())
                .then()
                .statusCode(204);

        noneFor(admin);
        assertThat(owned(admin)).isEmpty();
        assertThat(owned(other)).hasSize(1);
        as(other)
                .put("/api/admin/users/" + one.id() + "/admins/" + admin.id())
                .then()
                .statusCode(204);
        noneFor(admin);
    }

    @Test
    void takingAnotherUserLeavesTheActiveOne() {
        TestUser other = Given.adminOf(one, two);
        set(admin, one);

        as(other)
                .delete("/api/admin/users/" + two.id() + "/admins/" + admin.id())
                .then()
                .statusCode(204);

        as(admin).get(PATH).then().statusCode(200);
    }

    @Test
    void aSuperAdminKeepsItSinceEveryoneIsInItsScope() {
        TestUser boss = Given.superAdmin().create();
        Given.link(boss, one);
        set(boss, one);

        as(admin)
                .delete("/api/admin/users/" + one.id() + "/admins/" + boss.id())
                .then()
                .statusCode(204);

        as(boss).get(PATH)
                .then()
                .statusCode(200)
                .body("userId", equalTo(one.id().toString()));
        Database.execute("update users set super_admin = false where id = ?", boss.id());
        Database.execute("update user_sessions set ended_at = now() where user_id = ?", boss.id());
        String token = io.usher.testing.Actors.login(boss).accessToken();
        io.usher.testing.Actors.withToken(token)
                .get(PATH)
                .then()
                .statusCode(404)
                .body("code", equalTo("no_active_user"));
    }

    @Test
    void aUserThatIsGoneIsGone() {
        set(admin, one);

        as(Given.superAdmin().create())
                .delete(one.path("?permanent=true"))
                .then()
                .statusCode(204);

        noneFor(admin);
        assertThat(owned(admin)).isEmpty();
    }

    @Test
    void customersHaveNone() {
        for (Response response :
                List.of(as(one).get(PATH), as(one).delete(PATH), set(one, one), set(one, two), set(one, "x"))) {
            assertThat(response.statusCode()).isIn(403, 400);
        }
        set(one, one).then().statusCode(403).body("code", equalTo("forbidden"));
    }

    @Test
    void twoAtOnceLeaveOneAndEverySwitchIsRecorded() {
        io.usher.testing.Actors.token(admin);

        List<Integer> statuses =
                Parallel.times(40, 16, i -> set(admin, i % 2 == 0 ? one : two).statusCode());

        assertThat(statuses).containsOnly(200);
        String last = as(admin).get(PATH).path("userId");
        assertThat(owned(admin)).isEqualTo(List.of(last));
        List<String> recorded = switches(admin);
        assertThat(recorded).isNotEmpty();
        for (TestUser user : List.of(one, two)) {
            boolean active = last.equals(user.id().toString());
            as(admin).get(user.path("")).then().body("activeUser", equalTo(active));
        }
        long ones = recorded.stream().filter(one.id().toString()::equals).count();
        long twos = recorded.size() - ones;
        assertThat(Math.abs(ones - twos)).as("switches alternate").isLessThanOrEqualTo(1);
    }

    @Test
    void takingAUserWhileItIsSetLeavesNobodyOutOfScope() {
        TestUser other = Given.adminOf(one, two);
        io.usher.testing.Actors.token(admin);
        io.usher.testing.Actors.token(other);
        for (int round = 0; round < 10; round++) {
            Given.link(admin, one);
            List<Integer> statuses = Parallel.times(
                    6,
                    6,
                    i -> i == 3
                            ? as(other)
                                    .delete("/api/admin/users/" + one.id() + "/admins/" + admin.id())
                                    .statusCode()
                            : set(admin, one).statusCode());

            assertThat(statuses).isSubsetOf(200, 204, 404);
            noneFor(admin);
            assertThat(owned(admin)).isEmpty();
        }
    }

    @Test
    void theListShowsItsActivityToo() {
        set(admin, one);

        as(admin)
                .get(admin.path("/activities?activityType=user_switch"))
                .then()
                .statusCode(200)
                .body("items.details.userId", contains(one.id().toString()));
        as(one).get(one.path("/activities?activityType=user_switch")).then().body("items", empty());
    }

    private static Response set(TestUser caller, TestUser user) {
        return set(caller, user.id().toString());
    }

    private static Response set(TestUser caller, String user) {
        return as(caller).body(Map.of("userId", user)).put(PATH);
    }

    private static void noneFor(TestUser caller) {
        as(caller).get(PATH).then().statusCode(404).body("code", equalTo("no_active_user"));
    }

    private static Instant lastUsed(Response answer) {
        answer.then().statusCode(200);
        return Instant.parse(answer.path("user.lastUsedAt"));
    }

    private static String problem(Response response) {
        return response.asString().replace(String.valueOf(response.<String>path("requestId")), "…");
    }

    private static List<String> owned(TestUser owner) {
        return Database.column("select user_id from active_users where owner_id = ?", owner.id());
    }

    /** Whom the user switched to, in this order. */
    private static List<String> switches(TestUser of) {
        return Database.column(
                "select details ->> 'userId' from user_activities where user_id = ? and activity_type = 'user_switch'"
                        + " order by created_at, id",
                of.id());
    }
}
