package io.usher.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.Http;
import io.usher.testing.MutableClock;
import io.usher.testing.TestUser;
import io.usher.testing.UserBuilder;
import io.usher.testing.UsherTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each number, for an admin whose users nobody else counts. An admin is one of its own users. */
@UsherTest
class StatisticsTest {
    /** A Thursday in the middle of a month. */
    private static final Instant NOW = Instant.parse("2031-05-15T10:00:00Z");

    private static final String TODAY = "2031-05-15T00:00:00Z";
    private static final String MONDAY = "2031-05-12T00:00:00Z";
    private static final String LONG_AGO = "2030-12-31T23:59:59Z";

    @Inject
    MutableClock clock;

    private TestUser admin;

    @BeforeEach
    void givenAnAdmin() {
        clock.set(NOW);
        admin = Given.admin().with("created_at", time(LONG_AGO)).create();
    }

    @Test
    void anAdminAloneCountsItselfAndEveryKeyIsThere() {
        JsonNode users = statistics(admin).path("users");

        assertThat(users.path("total").asLong()).isEqualTo(1);
        assertThat(users.path("byType")).hasToString("{\"customer\":0,\"admin\":1}");
        assertThat(users.path("byStatus")).hasToString("{\"pending\":0,\"active\":1,\"inactive\":0,\"suspended\":0}");
        assertThat(users.path("byLeadStatus"))
                .hasToString("{\"lead\":0,\"qualified\":0,\"customer\":0,\"closed\":0,\"none\":1}");
        assertThat(users.path("newToday").asLong()).isZero();
        assertThat(users.path("newThisWeek").asLong()).isZero();
        assertThat(users.path("newThisMonth").asLong()).isZero();
        assertThat(statistics(admin).path("quotas").path("exhausted").asLong()).isZero();
        assertThat(statistics(admin).path("credits").path("outstanding").asLong())
                .isZero();
    }

    @Test
    void usersAreCountedByTypeStatusAndLeadStatusUnlessTheyAreDeleted() {
        List.of("pending", "active", "inactive", "suspended", "suspended")
                .forEach(status -> mine().status(status).create());
        List.of("lead", "lead", "qualified", "closed")
                .forEach(lead -> mine().with("lead_status", lead).create());
        mine().deleted().with("lead_status", "customer").create();

        JsonNode users = statistics(admin).path("users");

        assertThat(users.path("total").asLong()).isEqualTo(10);
        assertThat(users.path("byType")).hasToString("{\"customer\":9,\"admin\":1}");
        assertThat(users.path("byStatus")).hasToString("{\"pending\":1,\"active\":6,\"inactive\":1,\"suspended\":2}");
        assertThat(users.path("byLeadStatus"))
                .hasToString("{\"lead\":2,\"qualified\":1,\"customer\":0,\"closed\":1,\"none\":6}");
    }

    @Test
    void newUsersAreThoseOfTheDayTheWeekFromMondayAndTheMonthInUtc() {
        for (String at : List.of(
                TODAY,
                "2031-05-15T09:59:59Z",
                "2031-05-14T23:59:59.999Z",
                MONDAY,
                "2031-05-11T23:59:59.999Z",
                "2031-05-01T00:00:00Z",
                "2031-04-30T23:59:59.999Z")) {
            mine().with("created_at", time(at)).create();
        }

        JsonNode users = statistics(admin).path("users");

        assertThat(users.path("newToday").asLong()).isEqualTo(2);
        assertThat(users.path("newThisWeek").asLong()).isEqualTo(4);
        assertThat(users.path("newThisMonth").asLong()).isEqualTo(6);
    }

    @Test
    void liveSessionsAreThoseThatHaveNeitherEndedNorExpired() {
        TestUser user = mine().create();
        session(user, "2031-05-15T10:00:01Z", null);
        session(user, "2031-05-16T00:00:00Z", null);
        session(user, "2031-05-15T09:59:59Z", null);
        session(user, "2031-05-16T00:00:00Z", "2031-05-15T09:00:00Z");

        assertThat(statistics(admin).path("sessions").path("live").asLong())
                .as("two, and the admin's own")
                .isEqualTo(3);
    }

    @Test
    void activityOfTheDayIsCountedAndWhoWasActive() {
        TestUser one = mine().create();
        TestUser other = mine().create();
        activity(one, TODAY);
        activity(one, "2031-05-15T08:00:00Z");
        activity(other, "2031-05-15T09:00:00Z");
        activity(other, "2031-05-14T23:59:59.999Z");

        JsonNode activity = statistics(admin).path("activity");

        assertThat(activity.path("today").asLong())
                .as("three, and the admin's login")
                .isEqualTo(4);
        assertThat(activity.path("activeUsersToday").asLong()).isEqualTo(3);
    }

    @Test
    void quotasAreExhaustedWhereTheRunningWindowIsUsedUp() {
        TestUser one = mine().create();
        TestUser other = mine().create();
        quota(one, "image", null, null, 50, TODAY);
        quota(one, "video", null, null, 11, TODAY);
        quota(one, "edit", "weekly", 5, 5, MONDAY);
        quota(other, "image", "daily", 2, 3, TODAY);

        assertThat(exhausted()).isEqualTo(4);
    }

    @Test
    void quotasWithARestOrOfAWindowThatIsPastAreNotExhausted() {
        TestUser one = mine().create();
        TestUser other = mine().create();
        quota(one, "image", null, null, 49, TODAY);
        quota(one, "video", null, null, 10, "2031-05-14T00:00:00Z");
        quota(one, "edit", "weekly", 5, 5, "2031-05-05T00:00:00Z");
        quota(one, "fax", null, null, 1000, TODAY);
        quota(other, "image", "unlimited", null, 1000, "1970-01-01T00:00:00Z");
        quota(other, "video", "daily", 0, 0, TODAY);
        quota(other, "edit", "weekly", 5, 4, MONDAY);
        quota(mine().deleted().create(), "image", null, null, 50, TODAY);

        assertThat(exhausted()).isZero();
    }

    @Test
    void whatIsTakenUpToTheLimitExhaustsTheQuota() {
        TestUser user = mine().create();
        Actors.as(user)
                .body("{\"amount\": 49}")
                .post("/api/quotas/image/consume")
                .then()
                .statusCode(200);
        assertThat(exhausted()).isZero();

        Actors.as(user).post("/api/quotas/image/consume").then().statusCode(200);

        assertThat(exhausted()).isEqualTo(1);
    }

    @Test
    void creditsAreTheSumOfBalancesOfUsersThatAreNotDeleted() {
        mine().with("credits", 100L).create();
        mine().with("credits", 23L).create();
        mine().with("credits", 1000L).deleted().create();

        assertThat(statistics(admin).path("credits").path("outstanding").asLong())
                .isEqualTo(123);
    }

    @Test
    void adminsThatShareAUserBothCountItAndNothingElseOfEachOther() {
        TestUser shared = mine().with("credits", 5L).create();
        mine().with("credits", 7L).create();
        TestUser colleague = Given.adminOf(shared);
        quota(shared, "image", null, null, 50, TODAY);
        activity(shared, TODAY);

        JsonNode theirs = statistics(colleague);

        assertThat(theirs.path("users").path("total").asLong()).isEqualTo(2);
        assertThat(theirs.path("credits").path("outstanding").asLong()).isEqualTo(5);
        assertThat(theirs.path("quotas").path("exhausted").asLong()).isEqualTo(1);
        assertThat(theirs.path("activity").path("activeUsersToday").asLong()).isEqualTo(2);
        assertThat(statistics(admin).path("users").path("total").asLong()).isEqualTo(3);
    }

    @Test
    void aSuperAdminSeesEverybody() {
        long all = Database.number("select count(*) from users where deleted_at is null");

        JsonNode users = statistics(Given.superAdmin().create()).path("users");

        assertThat(users.path("total").asLong()).isGreaterThanOrEqualTo(all);
        assertThat(users.path("byType").path("customer").asLong()
                        + users.path("byType").path("admin").asLong())
                .isEqualTo(users.path("total").asLong());
    }

    @Test
    void signupsAreCountedByMonthInUtc() {
        for (String at : List.of(
                "2029-12-31T23:59:59.999Z",
                "2030-01-01T00:00:00Z",
                "2030-03-31T23:59:59.999Z",
                "2030-03-01T00:00:00Z",
                "2030-12-31T23:59:59.999Z",
                "2031-01-01T00:00:00Z")) {
            mine().with("created_at", time(at)).create();
        }
        mine().with("created_at", time("2030-06-01T00:00:00Z")).deleted().create();

        JsonNode signups = get(admin, "/api/admin/stats/signups?year=2030");

        assertThat(signups.path("months"))
                .hasToString(
                        "{\"1\":1,\"2\":0,\"3\":2,\"4\":0,\"5\":0,\"6\":0,\"7\":0,\"8\":0,\"9\":0,\"10\":0,\"11\":0,\"12\":2}");
        assertThat(signups.path("total").asLong()).as("with the admin's own").isEqualTo(5);
        assertThat(signups.path("year").asInt()).isEqualTo(2030);
    }

    @Test
    void theYearIsThePresentOneUnlessSaid() {
        mine().with("created_at", time("2031-02-01T00:00:00Z")).create();

        JsonNode signups = get(admin, "/api/admin/stats/signups");

        assertThat(signups.path("year").asInt()).isEqualTo(2031);
        assertThat(signups.path("total").asLong()).isEqualTo(1);
        assertThat(get(admin, "/api/admin/stats/signups?year=1970")
                        .path("total")
                        .asLong())
                .isZero();
        assertThat(get(admin, "/api/admin/stats/signups?year=9999")
                        .path("total")
                        .asLong())
                .isZero();
    }

    @Test
    void aYearThatIsNoneIsRefused() {
        for (String year : List.of("1969", "10000", "x", "")) {
            Actors.as(admin)
                    .get("/api/admin/stats/signups?year=" + year)
                    .then()
                    .statusCode(400)
                    .body("errors[0].field", equalTo("year"));
        }
    }

    @Test
    void aSuperAdminsSignupsAreEverybodys() {
        TestUser superAdmin = Given.superAdmin().create();
        long before = get(superAdmin, "/api/admin/stats/signups?year=2077")
                .path("total")
                .asLong();
        Given.customer().with("created_at", time("2077-02-03T00:00:00Z")).create();

        JsonNode after = get(superAdmin, "/api/admin/stats/signups?year=2077");

        assertThat(after.path("total").asLong()).isEqualTo(before + 1);
        assertThat(after.path("months").path("2").asLong()).isPositive();
    }

    private long exhausted() {
        return statistics(admin).path("quotas").path("exhausted").asLong();
    }

    private UserBuilder mine() {
        return Given.customer().with("created_at", time(LONG_AGO)).managedBy(admin);
    }

    private static JsonNode statistics(TestUser caller) {
        return get(caller, "/api/admin/stats");
    }

    private static JsonNode get(TestUser caller, String path) {
        Http.Answer answer = Http.call("GET", path).as(caller).send();
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static void session(TestUser user, String expires, @Nullable String ended) {
        Database.execute(
                "insert into user_sessions (id, user_id, created_at, last_activity_at, expires_at, ended_at)"
                        + " values (?, ?, ?, ?, ?, ?)",
                UUID.randomUUID(),
                user.id(),
                time(LONG_AGO),
                time(LONG_AGO),
                time(expires),
                ended == null ? null : time(ended));
    }

    private static void activity(TestUser user, String at) {
        Database.execute(
                "insert into user_activities (id, user_id, activity_type, created_at) values (?, ?, 'scrape', ?)",
                UUID.randomUUID(),
                user.id(),
                time(at));
    }

    private static void quota(
            TestUser user, String resource, @Nullable String type, @Nullable Integer limit, int used, String window) {
        Database.execute(
                "insert into user_quotas (user_id, resource, type, quota_limit, used, window_start, updated_at)"
                        + " values (?, ?, ?, ?, ?, ?, now())",
                user.id(),
                resource,
                type,
                limit,
                used,
                time(window));
    }

    private static OffsetDateTime time(String text) {
        return Instant.parse(text).atOffset(ZoneOffset.UTC);
    }
}
