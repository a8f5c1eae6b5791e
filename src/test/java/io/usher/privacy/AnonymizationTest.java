package io.usher.privacy;

import static io.usher.testing.Actors.as;
import static io.usher.testing.Actors.login;
import static io.usher.testing.Actors.token;
import static io.usher.testing.Actors.tryLogin;
import static io.usher.testing.Actors.withKey;
import static io.usher.testing.Actors.withToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.Response;
import io.usher.privacy.TableRule.Fate;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.Parallel;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@UsherTest
class AnonymizationTest {
    @Test
    void nothingInTheDatabaseTellsWhoItWas() {
        Person person = Person.create();
        TestUser boss = Given.superAdmin().create();
        String v1Id = person.user().v1Id();
        assertThat(person.traces()).containsKeys("users", "api_keys", "generations", "user_activities");

        Response receipt = as(boss).body(Map.of()).post(person.user().path("/anonymize"));

        assertThat(receipt.statusCode()).isEqualTo(200);
        assertThat(person.traces()).isEmpty();
        assertThat(person.column("email")).matches("anon_" + person.user().id() + "_\\d{10}@anon\\.invalid");
        assertThat(person.user().v1Id()).isNotEqualTo(v1Id);
        assertThat(Database.number(
                        "select count(*) from user_activities where details::text like '%' || ? || '%'", v1Id))
                .isZero();
        assertThat(person.column("coalesce(password_hash, lead_status, last_login_at::text, last_used_at::text)"))
                .isNull();
    }

    @Test
    void theReceiptCountsTheRowsOfEveryTable() {
        Person person = Person.create();
        TestUser boss = Given.superAdmin().create();

        Response receipt = as(boss).post(person.user().path("/anonymize"));

        Map<String, Integer> erased = receipt.path("erased");
        assertThat(erased.keySet())
                .containsExactlyElementsOf(PersonalData.TABLES.stream()
                        .filter(rule -> rule.fate() != Fate.KEPT)
                        .map(TableRule::table)
                        .toList());
        assertThat(erased)
                .containsEntry("users", 1)
                .containsEntry("user_sessions", 1)
                .containsEntry("refresh_tokens", 1)
                .containsEntry("idempotency_records", 2)
                .containsEntry("generations", 3)
                .containsEntry("credit_transactions", 2)
                .containsEntry("user_activities", 3)
                .containsEntry("user_admins", 0);
        assertThat((String) receipt.path("userId")).isEqualTo(person.user().id().toString());
        assertThat(erased.entrySet()).filteredOn(table -> table.getValue() == 0).hasSize(1);
    }

    @Test
    void ledgersStillAddUp() {
        Person person = Person.create();
        UUID id = person.user().id();
        TestUser boss = Given.superAdmin().create();

        as(boss).post(person.user().path("/anonymize")).then().statusCode(200);

        assertThat(person.column("credits")).isEqualTo("70");
        as(boss).get(person.user().path("/credits/transactions"))
                .then()
                .statusCode(200)
                .body("items.amount", contains(-30, 100))
                .body("items.balanceAfter", contains(70, 100))
                .body("items.reason", contains("[erased]", "[erased]"))
                .body("items.reference", contains(nullValue(), nullValue()));
        assertThat(Database.number("select sum(cost) from generations where user_id = ?", id))
                .isEqualTo(6);
        assertThat(Database.number("select used from user_quotas where user_id = ?", id))
                .isEqualTo(3);
        assertThat(Database.column("select status from generations where user_id = ? order by id", id))
                .containsExactlyInAnyOrder("failed", "completed", "failed");
        assertThat(Database.number(
                        "select count(*) from user_activities where user_id = ? and activity_type = 'scrape'", id))
                .isEqualTo(1);
    }

    @Test
    void whatOthersDidStaysWithoutThePerson() {
        Person person = Person.create();

        as(Given.superAdmin().create())
                .post(person.user().path("/anonymize"))
                .then()
                .statusCode(200);

        assertThat(Database.column(
                        "select details::text from user_activities where user_id = ? order by id",
                        person.other().id()))
                .containsExactly(
                        "{\"kind\": \"profile\", \"actorId\": \""
                                + person.user().id() + "\"}",
                        "{\"to\": \"[erased]\", \"note\": \"kept\", \"path\": [\"[erased]\", 7, \"[erased]\"]}");
        assertThat(Database.column(
                        "select ip_address from user_activities where user_id = ? order by id",
                        person.other().id()))
                .containsExactly(null, "10.0.0.1");
    }

    @Test
    void oneselfIsAnonymisedWithOnesPasswordAndIsOutAtOnce() {
        TestUser user = Given.customer().create();
        String token = login(user).accessToken();
        String other = login(user).accessToken();
        String key = Given.apiKey(user, "users:read");
        withToken(other).get(user.path("")).then().statusCode(200);
        withKey(key).get(user.path("")).then().statusCode(200);

        withToken(token)
                .body(Map.of())
                .post(user.path("/anonymize"))
                .then()
                .statusCode(400)
                .body("errors.field", contains("currentPassword"));
        withToken(token)
                .body(Map.of("currentPassword", "Wrong-Horse-7"))
                .post(user.path("/anonymize"))
                .then()
                .statusCode(401)
                .body("code", equalTo("invalid_credentials"));
        withToken(token)
                .body(Map.of("currentPassword", Given.PASSWORD))
                .post(user.path("/anonymize"))
                .then()
                .statusCode(200)
                .body("erased.user_sessions", equalTo(2))
                .body("erased.api_keys", equalTo(1));

        for (String old : List.of(token, other)) {
            withToken(old).get(user.path("")).then().statusCode(401).body("code", equalTo("session_revoked"));
        }
        withKey(key).get(user.path("")).then().statusCode(401);
        tryLogin(user.email(), Given.PASSWORD).then().statusCode(401);
        assertThat(Database.number(
                        "select count(*) from audit_origins where actor_id = ? and ip_address is not null", user.id()))
                .isZero();
        assertThat(Database.column(
                        "select action from audit_events where target_id = ? and actor_id = ?", user.id(), user.id()))
                .contains("user.anonymize");
    }

    @Test
    void wrongPasswordsCountLikeThoseOfAChangeOfPassword() {
        TestUser user = Given.customer().create();

        for (int i = 0; i < 5; i++) {
            as(user).body(Map.of("currentPassword", "Wrong-Horse-7"))
                    .post(user.path("/anonymize"))
                    .then()
                    .statusCode(401);
        }

        as(user).body(Map.of("currentPassword", Given.PASSWORD))
                .post(user.path("/anonymize"))
                .then()
                .statusCode(429);
    }

    @Test
    void itIsOutOfListsAndCannotBeUndone() {
        TestUser user = Given.customer().create();
        TestUser boss = Given.superAdmin().create();
        as(boss).post(user.path("/anonymize")).then().statusCode(200);
        String email = Database.text("select email from users where id = ?", user.id());

        as(boss).queryParam("email", email).get("/api/users").then().body("items", empty());
        as(boss).queryParam("email", email)
                .queryParam("deleted", "only")
                .get("/api/users")
                .then()
                .body("items", hasSize(1))
                .body("items[0].displayName", equalTo(email));
        as(boss).post(user.path("/restore")).then().statusCode(409).body("code", equalTo("conflict"));
        as(boss).post(user.path("/activate")).then().statusCode(409);
        as(boss).body(Map.of("name", "Ann")).patch(user.path("")).then().statusCode(409);
        as(boss).body(Map.of("settings", Map.of("recipientEmail", "ann@example.com")))
                .put(user.path("/preferences/email"))
                .then()
                .statusCode(409);
        as(boss).body(Map.of("dispenserData", Map.of("a", 1)))
                .put(user.path("/dispensers/W-1"))
                .then()
                .statusCode(409);
        as(boss).body(Map.of("amount", 1, "reason", "For Ann"))
                .post(user.path("/credits/transactions"))
                .then()
                .statusCode(409);
        as(boss).body(Map.of("email", user.email())).post("/api/users").then().statusCode(201);
    }

    @Test
    void onceMoreErasesWhatHasComeSince() {
        TestUser user = Given.customer().create();
        TestUser boss = Given.superAdmin().create();
        Response first = as(boss).post(user.path("/anonymize"));
        Database.execute(
                "insert into user_activities (id, user_id, activity_type, details, ip_address, created_at)"
                        + " values (uuidv7(), ?, 'scrape', '{\"late\": 1}', '10.0.0.1', now())",
                user.id());

        Response second = as(boss).post(user.path("/anonymize"));

        assertThat(second.statusCode()).isEqualTo(200);
        assertThat((String) second.path("anonymizedAt")).isEqualTo(first.path("anonymizedAt"));
        assertThat((int) second.path("erased.user_activities")).isEqualTo(1);
        assertThat((int) second.path("erased.users")).isZero();
    }

    @Test
    void twoAtOnceEraseItOnce() {
        Person person = Person.create();
        TestUser boss = Given.superAdmin().create();
        token(boss);

        List<Response> answers =
                Parallel.times(4, 4, i -> as(boss).post(person.user().path("/anonymize")));

        assertThat(answers).allMatch(answer -> answer.statusCode() == 200);
        assertThat(answers.stream()
                        .mapToInt(answer -> answer.path("erased.users"))
                        .sum())
                .isEqualTo(1);
        assertThat(answers.stream()
                        .map(answer -> (String) answer.path("anonymizedAt"))
                        .distinct())
                .hasSize(1);
        assertThat(person.traces()).isEmpty();
    }

    @Test
    void anAdminCannotAnonymiseOthersAndLosesItsUsersWithItself() {
        TestUser customer = Given.customer().create();
        TestUser admin = Given.adminOf(customer);

        as(admin).post(customer.path("/anonymize")).then().statusCode(403).body("code", equalTo("forbidden"));
        as(admin)
                .body(Map.of("currentPassword", Given.PASSWORD))
                .post(admin.path("/anonymize"))
                .then()
                .statusCode(200)
                .body("erased.user_admins", equalTo(2));
    }

    @Test
    void theLastActiveSuperAdminStays() {
        TestUser boss = Given.superAdmin().create();
        token(boss);
        List<@Nullable String> others = Database.column(
                "update users set status = 'inactive' where super_admin and status = 'active' and id <> ? returning id::text",
                boss.id());
        try {
            as(boss).body(Map.of("currentPassword", Given.PASSWORD))
                    .post(boss.path("/anonymize"))
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("conflict"));
        } finally {
            Database.execute(
                    "update users set status = 'active' where id = any (string_to_array(?, ',')::uuid[])",
                    String.join(",", others.stream().map(String::valueOf).toList()));
        }
        assertThat(Database.text("select email from users where id = ?", boss.id()))
                .isEqualTo(boss.email());
    }
}
