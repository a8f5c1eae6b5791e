package io.usher.user;

import static io.usher.testing.Actors.as;
import static io.usher.testing.Actors.login;
import static io.usher.testing.Actors.token;
import static io.usher.testing.Actors.withKey;
import static io.usher.testing.Actors.withToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.Parallel;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@UsherTest
class BulkUpdateTest {
    private static final String PATH = "/api/admin/users/bulk-update";

    @Test
    void aMergeGoesIntoEveryUserThatIsNamed() {
        TestUser one = Given.customer()
                .named("Ann")
                .with("phone", "1")
                .with("city", "Ghent")
                .create();
        TestUser two = Given.customer().named("Bob").with("phone", "2").create();
        TestUser other = Given.customer().named("Eve").with("phone", "3").create();
        TestUser admin = Given.adminOf(one, two, other);
        Map<String, @Nullable Object> changes = new HashMap<>();
        changes.put("phone", null);
        changes.put("city", " Bruges ");
        changes.put("additionalWebsites", List.of("https://a.example", "https://b.example"));
        changes.put("leadStatus", "qualified");
        changes.put("emailVerified", false);

        update(admin, List.of(one.id(), two.v1Id()), changes)
                .statusCode(200)
                .body("updated", equalTo(2))
                .body("notFound", empty());

        for (TestUser user : List.of(one, two)) {
            as(admin)
                    .get(user.path(""))
                    .then()
                    .body("phone", nullValue())
                    .body("city", equalTo("Bruges"))
                    .body("additionalWebsites", contains("https://a.example", "https://b.example"))
                    .body("leadStatus", equalTo("qualified"))
                    .body("emailVerified", equalTo(false))
                    .body("email", equalTo(user.email()))
                    .body("version", equalTo(1));
        }
        as(admin).get(one.path("")).then().body("name", equalTo("Ann"));
        as(admin).get(other.path("")).then().body("phone", equalTo("3")).body("version", equalTo(0));
    }

    @Test
    void whoIsNotThereOrOutOfScopeIsNotFoundAndWhoIsThereTwiceCountsOnce() {
        TestUser mine = Given.customer().create();
        TestUser notMine = Given.customer().named("Eve").create();
        TestUser admin = Given.adminOf(mine);
        String nobody = UUID.randomUUID().toString();
        String upper = mine.id().toString().toUpperCase();

        update(
                        admin,
                        List.of(nobody, mine.id(), notMine.id(), upper, "x", mine.v1Id(), notMine.v1Id(), "x"),
                        Map.of("name", "Ann"))
                .statusCode(200)
                .body("updated", equalTo(1))
                .body("notFound", contains(nobody, notMine.id().toString(), "x", notMine.v1Id()));

        assertThat(nameOf(mine)).isEqualTo("Ann");
        assertThat(nameOf(notMine)).isEqualTo("Eve");
    }

    @Test
    void whoIsSoAlreadyCountsAndKeepsItsVersionAndItsSessions() {
        TestUser changed = Given.customer().named("Ann").create();
        TestUser same = Given.customer().named("Bob").create();
        TestUser admin = Given.adminOf(changed, same);
        String before = Database.text("select updated_at::text from users where id = ?", same.id());
        String token = login(same).accessToken();

        update(admin, ids(changed, same), Map.of("name", "Bob", "status", "active"))
                .statusCode(200)
                .body("updated", equalTo(2));

        as(admin).get(changed.path("")).then().body("version", equalTo(1));
        as(admin).get(same.path("")).then().body("version", equalTo(0));
        assertThat(Database.text("select updated_at::text from users where id = ?", same.id()))
                .isEqualTo(before);
        withToken(token).get(same.path("")).then().statusCode(200);
        assertThat(activities(changed))
                .containsExactly(
                        "{\"kind\": \"profile\", \"fields\": [\"name\"], \"actorId\": \"" + admin.id() + "\"}");
        assertThat(activities(same)).isEmpty();
        assertThat(audited(changed)).containsExactly("[{\"field\":\"name\"}]");
        assertThat(audited(same)).isEmpty();
    }

    @Test
    void aChangeOfStatusEndsEverySessionAtOnce() {
        List<TestUser> users = customers(3);
        TestUser admin = Given.adminOf(users.toArray(TestUser[]::new));
        List<String> tokens =
                users.stream().map(user -> login(user).accessToken()).toList();
        for (int i = 0; i < 3; i++) {
            withToken(tokens.get(i)).get(users.get(i).path("")).then().statusCode(200);
        }

        update(admin, ids(users.get(0), users.get(1)), Map.of("status", "suspended"))
                .statusCode(200);

        for (int i = 0; i < 2; i++) {
            withToken(tokens.get(i))
                    .get(users.get(i).path(""))
                    .then()
                    .statusCode(401)
                    .body("code", equalTo("session_revoked"));
        }
        withToken(tokens.get(2)).get(users.get(2).path("")).then().statusCode(200);
    }

    @Test
    void whatCannotBeSetForManyIsNamedTogetherWithWhatElseIsWrong() {
        TestUser admin = Given.adminOf();

        update(
                        admin,
                        List.of("x"),
                        Map.of(
                                "email",
                                "a@example.com",
                                "username",
                                "ann",
                                "currentPassword",
                                "x",
                                "status",
                                "gone",
                                "nickname",
                                1))
                .statusCode(400)
                .body("code", equalTo("validation_failed"))
                .body(
                        "errors.field",
                        containsInAnyOrder(
                                "changes.email",
                                "changes.username",
                                "changes.currentPassword",
                                "changes.status",
                                "changes.nickname"))
                .body("errors.find { it.field == 'changes.email' }.code", equalTo("not_for_many"));
        Map<String, @Nullable Object> cleared = new HashMap<>();
        cleared.put("status", null);
        update(admin, List.of("x"), cleared).statusCode(400).body("errors.field", contains("changes.status"));
        update(admin, List.of(), Map.of("name", "Ann")).statusCode(400).body("errors.field", contains("ids"));
    }

    @Test
    void fieldsAreWrittenByTheRightsOfPatch() {
        TestUser customer = Given.customer().named("Ann").create();
        TestUser admin = Given.adminOf(customer);
        String key = Given.apiKey(Given.superAdmin().create(), "users:write", "admin:read");

        update(admin, ids(customer), Map.of("name", "Bob", "userType", "admin", "roles", List.of()))
                .statusCode(403)
                .body("detail", equalTo("You may not write: roles, userType."));
        update(admin, ids(customer, admin), Map.of("name", "Bob", "emailVerified", true))
                .statusCode(403)
                .body("detail", equalTo("You may not write: emailVerified."));
        withKey(key)
                .body(Map.of("ids", ids(customer), "changes", Map.of("name", "Bob")))
                .post(PATH)
                .then()
                .statusCode(403)
                .body("code", equalTo("insufficient_scope"));
        update(admin, ids(customer, admin), Map.of("notes", "n"))
                .statusCode(200)
                .body("updated", equalTo(2));
        assertThat(nameOf(customer)).isEqualTo("Ann");
    }

    @Test
    void oneUserThatMayNotBeChangedKeepsAllFromIt() {
        TestUser customer = Given.customer().named("Ann").create();
        TestUser otherAdmin = Given.admin().named("Ada").create();
        TestUser deleted = Given.customer().named("Dan").deleted().create();
        TestUser admin = Given.adminOf(customer, otherAdmin, deleted);

        update(admin, ids(customer, otherAdmin), Map.of("name", "Bob"))
                .statusCode(403)
                .body("code", equalTo("forbidden"));
        update(admin, ids(customer, deleted), Map.of("name", "Bob"))
                .statusCode(409)
                .body("code", equalTo("conflict"));
        assertThat(nameOf(customer)).isEqualTo("Ann");

        update(Given.superAdmin().create(), ids(customer, otherAdmin), Map.of("name", "Bob"))
                .statusCode(200)
                .body("updated", equalTo(2));
        assertThat(nameOf(otherAdmin)).isEqualTo("Bob");
    }

    /** Whoever invited a customer has its set-up token, and would be the admin that is made of it. */
    @Test
    void setupTokensDoNotOutliveANewType() {
        TestUser boss = Given.superAdmin().create();
        TestUser admin = Given.admin().create();
        Invited promoted = Invited.by(admin);
        Invited raised = Invited.by(boss).promotedBy(boss).resetBy(boss);
        Invited renamed = Invited.by(admin);

        update(boss, List.of(promoted.id()), Map.of("userType", "admin")).statusCode(200);
        update(boss, List.of(raised.id()), Map.of("superAdmin", true)).statusCode(200);
        update(boss, List.of(renamed.id()), Map.of("userType", "customer", "name", "Bob"))
                .statusCode(200);

        promoted.setPassword().then().statusCode(401).body("code", equalTo("invalid_code"));
        raised.setPassword().then().statusCode(401).body("code", equalTo("invalid_code"));
        renamed.setPassword().then().statusCode(200);
    }

    @Test
    void superAdminsMakeManyIntoAdminsAndGiveThemRoles() {
        TestUser boss = Given.superAdmin().create();
        String role = Given.customRole();
        String old = Given.customRole();
        TestUser one = Given.customer().role(old).create();
        TestUser two = Given.customer().role(role).create();
        TestUser three = Given.admin().role(role).create();

        update(boss, ids(one, two, three), Map.of("userType", "admin", "roles", List.of("admin", role)))
                .statusCode(200)
                .body("updated", equalTo(3));

        for (TestUser user : List.of(one, two, three)) {
            as(boss).get(user.path("")).then().body("roles", contains("admin", role));
            assertThat(Database.number(
                            "select count(*) from user_admins where admin_id = ? and user_id = ?",
                            user.id(),
                            user.id()))
                    .isEqualTo(1);
        }
        as(boss).get(three.path("")).then().body("version", equalTo(0));

        update(boss, ids(one), Map.of("roles", List.of())).statusCode(200);
        as(boss).get(one.path("")).then().body("roles", contains("admin")).body("version", equalTo(2));
        assertThat(audited(one))
                .containsExactly(
                        "[{\"field\":\"roles\",\"old\":[\"" + old + "\"],\"new\":[\"" + role + "\"]},"
                                + "{\"field\":\"userType\",\"old\":\"customer\",\"new\":\"admin\"}]",
                        "[{\"field\":\"roles\",\"old\":[\"" + role + "\"],\"new\":[]}]");
    }

    @Test
    void rolesThatContradictATypeOrDoNotExistChangeNothing() {
        TestUser boss = Given.superAdmin().create();
        TestUser customer = Given.customer().named("Ann").create();
        TestUser admin = Given.admin().create();

        update(boss, ids(customer, admin), Map.of("name", "Bob", "roles", List.of("customer", "no-such-role")))
                .statusCode(400)
                .body("errors.field", contains("changes.roles[0]"));
        update(boss, ids(customer, admin), Map.of("name", "Bob", "roles", List.of("no-such-role")))
                .statusCode(400)
                .body("errors.field", contains("changes.roles[0]"))
                .body("errors.code", contains("unknown_role"));
        update(boss, ids(customer, admin), Map.of("name", "Bob", "superAdmin", true))
                .statusCode(400)
                .body("errors.field", contains("changes.superAdmin"));

        assertThat(nameOf(customer)).isEqualTo("Ann");
    }

    @Test
    void theLastActiveSuperAdminsStay() {
        TestUser boss = Given.superAdmin().create();
        List<@Nullable String> all = Database.column(
                "select id::text from users where super_admin and status = 'active' and deleted_at is null");

        update(boss, all, Map.of("status", "suspended", "name", "Gone"))
                .statusCode(409)
                .body("code", equalTo("conflict"));

        assertThat(nameOf(boss)).isNotEqualTo("Gone");
    }

    @Test
    void registrationsThatAreActivatedTogetherGetTheirUsernamesTheFirstOfTwoTheSame() {
        String wanted = "w" + Given.unique();
        TestUser first = registration(wanted, "2020-01-01");
        TestUser second = registration(wanted.toUpperCase(), "2020-01-02");
        TestUser taken = registration(Given.customer().create().username(), "2020-01-03");
        TestUser admin = Given.adminOf(first, second, taken);

        update(admin, ids(second, first, taken), Map.of("status", "active"))
                .statusCode(200)
                .body("updated", equalTo(3));

        assertThat(usernameOf(first)).isEqualTo(wanted);
        assertThat(usernameOf(second)).isNull();
        assertThat(usernameOf(taken)).isNull();
    }

    @Test
    void tenThousandAreChangedInOneTransactionAndMoreAreRefused() {
        String mark = "bulk-" + Given.unique();
        Database.execute(
                "insert into users (email, status, name) select ? || n || '@example.com', 'active', 'Ann' from generate_series(1, 10000) n",
                mark);
        List<@Nullable String> ids = Database.column("select id::text from users where email like ? || '%'", mark);
        // As autovacuum does within a minute: PostgreSQL plans the checks of foreign keys once, for a table as small as
        // it was then.
        Database.execute("analyze users");
        TestUser boss = Given.superAdmin().create();

        update(boss, ids, Map.of("city", "Ghent", "leadStatus", "lead"))
                .statusCode(200)
                .body("updated", equalTo(10_000));

        assertThat(Database.number(
                        "select count(*) from users where email like ? || '%' and city = 'Ghent' and version = 1",
                        mark))
                .isEqualTo(10_000);
        assertThat(Database.number("select count(distinct xmin::text) from users where email like ? || '%'", mark))
                .isEqualTo(1);
        List<@Nullable String> more = new ArrayList<>(ids);
        more.add("x");
        update(boss, more, Map.of("city", "Ghent")).statusCode(400).body("errors.field", hasItems("ids"));
        Database.execute("delete from users where email like ? || '%'", mark);
    }

    @Test
    void twoThatChangeTheSameUsersWaitForEachOther() {
        List<TestUser> users = customers(20);
        List<UUID> ids = new ArrayList<>(users.stream().map(TestUser::id).toList());
        List<UUID> reversed = new ArrayList<>(ids);
        Collections.reverse(reversed);
        TestUser boss = Given.superAdmin().create();
        token(boss);

        List<Response> answers = Parallel.times(
                8, 8, i -> post(boss, i % 2 == 0 ? ids : reversed, Map.of("name", "v" + i, "city", "c" + i)));

        assertThat(answers).allMatch(answer -> answer.statusCode() == 200);
        List<@Nullable String> outcomes = Database.column(
                "select distinct name || ' ' || city || ' ' || version from users where id = any (string_to_array(?, ',')::uuid[])",
                String.join(",", ids.stream().map(UUID::toString).toList()));
        assertThat(outcomes).hasSize(1);
        assertThat(outcomes.get(0)).matches("v(\\d) c\\1 8");
    }

    @Test
    void aUserThatIsDeletedMeanwhileKeepsAllFromItOrIsChangedBefore() {
        TestUser boss = Given.superAdmin().create();
        token(boss);
        for (int round = 0; round < 5; round++) {
            List<TestUser> users = customers(10);

            List<Response> answers = Parallel.times(
                    2,
                    2,
                    i -> i == 0
                            ? post(boss, users.stream().map(TestUser::id).toList(), Map.of("name", "Bob"))
                            : as(boss).delete(users.get(9).path("")));

            long changed =
                    users.stream().filter(user -> "Bob".equals(nameOf(user))).count();
            assertThat(answers.get(1).statusCode()).isEqualTo(204);
            assertThat(List.of(answers.get(0).statusCode(), changed)).isIn(List.of(200, 10L), List.of(409, 0L));
        }
    }

    private static ValidatableResponse update(TestUser caller, List<?> ids, Map<String, ?> changes) {
        return post(caller, ids, changes).then();
    }

    private static Response post(TestUser caller, List<?> ids, Map<String, ?> changes) {
        return as(caller).body(Map.of("ids", ids, "changes", changes)).post(PATH);
    }

    private static List<UUID> ids(TestUser... users) {
        return Arrays.stream(users).map(TestUser::id).toList();
    }

    private static List<TestUser> customers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Given.customer().create())
                .toList();
    }

    private static TestUser registration(String username, String day) {
        return Given.customer()
                .status("pending")
                .username(null)
                .with("requested_username", username)
                .with("created_at", java.time.OffsetDateTime.parse(day + "T00:00:00Z"))
                .create();
    }

    private static @Nullable String nameOf(TestUser user) {
        return Database.text("select name from users where id = ?", user.id());
    }

    private static @Nullable String usernameOf(TestUser user) {
        return Database.text("select username from users where id = ?", user.id());
    }

    private static List<@Nullable String> activities(TestUser user) {
        return Database.column(
                "select details::text from user_activities where user_id = ? and activity_type = 'settings_change'",
                user.id());
    }

    private static List<@Nullable String> audited(TestUser user) {
        return Database.column("select changes from audit_events where target_id = ? order by id", user.id());
    }
}
