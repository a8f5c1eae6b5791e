package io.usher.migration;

import static io.usher.migration.V1Files.contents;
import static io.usher.migration.V1Files.send;
import static io.usher.migration.V1Files.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.Response;
import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.Parallel;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users of V1, with all that hangs on them, taken over from files. */
@UsherTest
class V1MigrationTest {
    private TestUser root;
    private String domain;

    @BeforeEach
    void arrange() {
        root = Given.superAdmin().create();
        domain = Given.unique() + ".example";
    }

    @Test
    void theSampleFileIsReportedUserByUser() {
        Response report = send(root, V1Files.sample());

        report.then()
                .statusCode(200)
                .body("total", equalTo(9))
                .body("migrated", equalTo(4))
                .body("skipped", equalTo(0))
                .body("failed", equalTo(5))
                .body("items[0].email", equalTo("ada@field.example"))
                .body("items[0].v1Id", equalTo(v1Id("ada")))
                .body("items[0].errors", empty())
                .body("items[4].email", equalTo("not an address"))
                .body("items[4].errors.field", contains("email"))
                .body("items[4].id", nullValue())
                .body("items[6].errors.field", contains("activities[0].activityType"))
                .body("items[7].errors.code", contains("duplicate"))
                .body("items[8].errors.field", contains("isActive"));
        assertThat(report.jsonPath().getList("items.status"))
                .isEqualTo(List.of(
                        "migrated",
                        "migrated",
                        "migrated",
                        "migrated",
                        "failed",
                        "failed",
                        "failed",
                        "failed",
                        "failed"));
        assertThat(report.jsonPath().getList("items[5].errors.field", String.class))
                .containsExactlyInAnyOrder("workWeek.startDay", "workWeek.timezone");
    }

    @Test
    void aMigratedUserHasAllThatItHad() {
        send(root, V1Files.sample()).then().statusCode(200);
        String path = "/api/users/" + v1Id("ada");

        Actors.as(root)
                .get(path)
                .then()
                .statusCode(200)
                .body("email", equalTo("ada@field.example"))
                .body("name", equalTo("Ada L."))
                .body("friendlyName", equalTo("Ada"))
                .body("notificationEmail", equalTo("ada.reports@field.example"))
                .body("lastUsedAt", equalTo("2025-11-03T08:15:30.123Z"))
                .body("userType", equalTo("customer"))
                .body("status", equalTo("active"))
                .body("emailVerified", equalTo(true))
                .body("passwordSet", equalTo(true));
        Actors.as(root)
                .get(path + "/activities")
                .then()
                .body("items.activityType", contains("scrape", "login", "form_automation"))
                .body(
                        "items.createdAt",
                        contains("2025-11-03T08:15:30.123Z", "2025-11-03T08:15:00.000Z", "2025-10-01T04:30:00.000Z"))
                .body("items[0].details.work_orders", equalTo(12));
    }

    @Test
    void itsPreferencesAndProversAreOneTruth() {
        send(root, V1Files.sample()).then().statusCode(200);
        String path = "/api/users/" + v1Id("ada");

        Actors.as(root)
                .get(path + "/preferences/email")
                .then()
                .statusCode(200)
                .body("settings.recipientEmail", equalTo("ada.reports@field.example"))
                .body("settings.showDispensers", equalTo(false))
                .body("settings.showStoreName", equalTo(true));
        Actors.as(root)
                .get(path + "/preferences/work_week")
                .then()
                .body("settings.startDay", equalTo(1))
                .body("settings.timezone", equalTo("America/Chicago"))
                .body("settings.enableRolloverNotifications", equalTo(true));
        Actors.as(root)
                .get(path + "/preferences")
                .then()
                .body("items.category", hasItems("email", "pushover", "work_week", "notification", "prover"));
        Actors.as(root)
                .get(path + "/provers")
                .then()
                .body("items.proverId", contains("PR-1", "PR-2"))
                .body("items[0].preferredFuelTypes", contains("Regular", "Plus"));
    }

    @Test
    void itsDispensersKeepTheirTimesAndOfTwoForOneWorkOrderTheNewestCounts() {
        send(root, V1Files.sample()).then().statusCode(200);

        Actors.as(root)
                .get("/api/users/" + v1Id("ada") + "/dispensers/W-129657")
                .then()
                .statusCode(200)
                .body("visitId", equalTo("V-8841"))
                .body("dispenserData.dispensers[0].grades", hasSize(3))
                .body("metadata.scraped_by", equalTo("v1"))
                .body("updatedAt", equalTo("2025-11-02T10:00:00.000Z"));
        Actors.as(root)
                .get("/api/users/" + v1Id("alan") + "/dispensers")
                .then()
                .body("items", hasSize(1))
                .body("items[0].dispenserData.count", equalTo(2));
    }

    @Test
    void everybodySignsInAsBeforeAndWhoHadNoPasswordGetsAToken() {
        send(root, V1Files.sample()).then().statusCode(200);

        login("ada", "petrol1").then().statusCode(200);
        login("ada", "another1").then().statusCode(401);
        login("grace", "abc").then().statusCode(200);
        login("alan", "rasmuslerdorf").then().statusCode(200);
        login("joan", "anything").then().statusCode(401);
        assertThat(hash("ada")).startsWith("$2b$04$");
        assertThat(hash("grace")).as("renewed at the login").startsWith("$2b$04$");
        String token = Actors.as(root)
                .post("/api/admin/users/" + v1Id("joan") + "/reset-password")
                .path("setupToken");
        login("joan", token).then().statusCode(200).body("requirePasswordSetup", equalTo(true));
    }

    @Test
    void aHashIsTakenOverAsItIs() {
        send(root, V1Files.sample()).then().statusCode(200);

        assertThat(hash("grace")).isEqualTo("$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i");
        assertThat(hash("alan")).isEqualTo("$2y$07$BCryptRequires22Chrcte/VlQH0piJtjXl.0t1XkA8pw9dMXTpOq");
        assertThat(hash("joan")).isNull();
    }

    @Test
    void sendingTheSampleAgainChangesNothing() {
        String file = V1Files.sample();
        Response first = send(root, file);
        Map<String, String> before = contents();

        Response second = send(root, file);

        second.then()
                .statusCode(200)
                .body("migrated", equalTo(0))
                .body("skipped", equalTo(4))
                .body("failed", equalTo(5));
        for (String field : List.of("items.id", "items.v1Id", "items.errors")) {
            assertThat(second.jsonPath().getList(field))
                    .isEqualTo(first.jsonPath().getList(field));
        }
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void aThousandUsersWithTwentyActivitiesEachTwiceAreTheSameDatabase() {
        String file = V1Files.many(domain, 1000, 20);

        Response first = send(root, file);
        Map<String, String> before = contents();
        Response second = send(root, file);

        first.then().statusCode(200).body("migrated", equalTo(1000)).body("failed", equalTo(0));
        second.then()
                .statusCode(200)
                .body("skipped", equalTo(1000))
                .body("items.status", everyItem(equalTo("skipped")));
        assertThat(contents()).isEqualTo(before);
        assertThat(rows("user_activities")).isEqualTo(20_000);
        assertThat(rows("dispenser_records")).isEqualTo(1000);
        assertThat(Database.number(
                        "select count(*) from user_activities_default where user_id in"
                                + " (select id from users where email like ?)",
                        "%@" + domain))
                .as("activities without a month")
                .isZero();
    }

    @Test
    void theSameFileFourTimesAtOnceMakesEachUserOnce() {
        String file = V1Files.many(domain, 300, 5);
        Actors.token(root);

        List<Response> reports = Parallel.times(4, 4, i -> send(root, file));

        reports.forEach(report ->
                report.then().statusCode(200).body("failed", equalTo(0)).body("total", equalTo(300)));
        assertThat(sum(reports, "migrated")).isEqualTo(300);
        assertThat(sum(reports, "skipped")).isEqualTo(900);
        assertThat(reports.stream()
                        .map(report -> report.jsonPath().getList("items.id"))
                        .distinct())
                .as("what each says of the users")
                .hasSize(1);
        assertThat(Database.number("select count(*) from users where email like ?", "%@" + domain))
                .isEqualTo(300);
        assertThat(rows("user_activities")).isEqualTo(1500);
        assertThat(rows("dispenser_records")).isEqualTo(300);
    }

    @Test
    void whoIsThereAlreadyIsNotTouched() {
        TestUser there = Given.customer().named("Before").create();
        TestUser deleted = Given.customer().deleted().create();
        Map<String, Object> again = user(there.email().toUpperCase(java.util.Locale.ROOT));
        again.put("label", "After");
        again.put("activities", List.of(Map.of("activityType", "scrape")));
        Actors.token(root);
        Map<String, String> before = contents();

        send(root, V1Files.of(again, user(deleted.email())))
                .then()
                .statusCode(200)
                .body("skipped", equalTo(2))
                .body("items.id", contains(there.id().toString(), deleted.id().toString()))
                .body("items.v1Id", contains(there.v1Id(), deleted.v1Id()));

        assertThat(contents()).isEqualTo(before);
    }

    /** What no rule foresees: the database refuses one of them. */
    @Test
    void oneThatTheDatabaseRefusesDoesNotStopTheOthers() {
        String function = "refuse_" + Given.unique();
        Database.execute("create function " + function + "() returns trigger language plpgsql as"
                + " $$ begin raise exception 'no' using errcode = '23514'; end $$");
        Database.execute("create trigger " + function + " before insert on dispenser_records for each row when"
                + " (new.work_order_id = 'W-13') execute function " + function + "()");
        try {
            send(root, V1Files.many(domain, 150, 2))
                    .then()
                    .statusCode(200)
                    .body("migrated", equalTo(149))
                    .body("items[13].status", equalTo("failed"))
                    .body("items[13].errors", hasSize(1));
        } finally {
            Database.execute("drop trigger " + function + " on dispenser_records");
            Database.execute("drop function " + function + "()");
        }
        assertThat(Database.number("select count(*) from users where email = ?", "user13@" + domain))
                .isZero();
        assertThat(rows("user_activities")).isEqualTo(298);
    }

    @Test
    void aMigratedUserHasNoAdminUntilItIsShared() {
        send(root, V1Files.of(user("a@" + domain))).then().body("migrated", equalTo(1));

        TestUser admin = Given.admin().create();
        String id = Database.text("select id from users where email = ?", "a@" + domain);
        Actors.as(admin).get("/api/users/" + id).then().statusCode(404);
        Actors.as(root)
                .put("/api/admin/users/" + id + "/admins/" + admin.id())
                .then()
                .statusCode(204);
        Actors.as(admin).get("/api/users/" + id).then().statusCode(200);
    }

    /** A leaked key must not become an account, nor make one to come back by. */
    @Test
    void keysWriteNoPasswords() {
        String key = Given.apiKey(root, "admin:write");
        Map<String, Object> clear = user("clear@" + domain);
        clear.put("password", "petrol1");
        Map<String, Object> hashed = user("hashed@" + domain);
        hashed.put("passwordHash", Given.PASSWORD_HASH);
        Map<String, Object> inTheOtherField = user("other@" + domain);
        inTheOtherField.put("password", Given.PASSWORD_HASH);
        Map<String, Object> none = user("none@" + domain);
        none.put("password", "");
        String file = V1Files.of(clear, hashed, inTheOtherField, none);

        Actors.withKey(key)
                .body(file)
                .post(V1Files.PATH)
                .then()
                .statusCode(200)
                .body("migrated", equalTo(1))
                .body("items.status", contains("failed", "failed", "failed", "migrated"))
                .body("items[0].errors.field", contains("password"))
                .body("items[1].errors.field", contains("passwordHash"))
                .body("items[2].errors.field", contains("password"))
                .body("items[0].errors.code", contains("forbidden"))
                .body("items[0].errors.message", contains("cannot be written with an API key"));

        assertThat(Database.column("select email from users where email like ?", "%@" + domain))
                .containsExactly("none@" + domain);
        send(root, file).then().body("items.status", contains("migrated", "migrated", "migrated", "skipped"));
    }

    private static int sum(List<Response> reports, String field) {
        return reports.stream().mapToInt(report -> report.<Integer>path(field)).sum();
    }

    private long rows(String table) {
        return Database.number(
                "select count(*) from " + table + " r join users u on u.id = r.user_id where u.email like ?",
                "%@" + domain);
    }

    private static Response login(String name, String password) {
        return Actors.tryLogin(name + "@field.example", password);
    }

    private static String v1Id(String name) {
        return String.valueOf(Database.text("select md5(?)", name + "@field.example"));
    }

    private static String hash(String name) {
        return Database.text("select password_hash from users where email = ?", name + "@field.example");
    }
}
