package io.usher.privacy;

import static io.usher.testing.Actors.as;
import static io.usher.testing.Actors.login;
import static io.usher.testing.Actors.withToken;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import io.usher.privacy.TableRule.Shown;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.Http;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

@UsherTest
class PersonExportTest {
    /** What can only be one of a few words, or a role that others may have. */
    private static final Set<String> VOCABULARY = Set.of(
            "one_time_tokens.purpose",
            "mail_outbox.kind",
            "transfer_jobs.kind",
            "transfer_jobs.state",
            "transfer_jobs.failure_code",
            "user_preferences.category",
            "user_roles.role_name",
            "generations.status",
            "users.status",
            "users.lead_status");

    @Test
    void itHoldsEveryColumnOfEveryRowOnThePersonButSecrets() {
        Person person = Person.create();
        JsonNode document = export(person.user(), login(person.user()).accessToken());

        List<String> missing = new ArrayList<>();
        for (TableRule rule :
                PersonalData.TABLES.stream().filter(TableRule::isShown).toList()) {
            JsonNode rows = document.path("tables").path(rule.table());
            assertThat(rows.isArray()).as(rule.table()).isTrue();
            for (String column : rule.names(Shown.AS_IS, Shown.DOCUMENT)) {
                boolean personal = rule.fate() == TableRule.Fate.DELETED
                        || rule.column(column).becomes() != null;
                String values =
                        rows.findValues(PersonExportService.camelCase(column)).toString();
                String name = rule.table() + "." + column;
                if (personal && isText(name) && !VOCABULARY.contains(name) && !values.contains(person.mark())) {
                    missing.add(name);
                }
            }
        }
        assertThat(missing).as("columns without the mark").isEmpty();
        assertThat(document.toString()).doesNotContain(Given.PASSWORD_HASH).doesNotContain(person.mark() + "xxxx");
        assertThat(document.path("notShown").path("users").toString()).isEqualTo("[\"passwordHash\"]");
        assertThat(document.path("userId").asText())
                .isEqualTo(person.user().id().toString());
    }

    @Test
    void valuesAreWrittenAsViewsWriteThem() {
        Person person = Person.create();

        JsonNode tables =
                export(person.user(), login(person.user()).accessToken()).path("tables");

        JsonNode user = tables.path("users").path(0);
        assertThat(user.path("createdAt").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(user.path("credits").isNumber()).isTrue();
        assertThat(user.path("additionalWebsites").isArray()).isTrue();
        assertThat(user.path("deletedAt").isNull()).isTrue();
        assertThat(tables.path("dispenser_records")
                        .path(0)
                        .path("dispenserData")
                        .path("n")
                        .decimalValue())
                .isEqualByComparingTo("1.50");
        assertThat(tables.path("credit_transactions").findValuesAsText("amount"))
                .containsExactly("100", "-30");
    }

    @Test
    void anAdminSeesThePushoverSecretsMaskedAndNobodyElsesAddress() {
        Person person = Person.create();
        TestUser admin = Given.adminOf(person.user());
        Database.execute(
                "insert into user_activities (id, user_id, activity_type, details, ip_address, created_at)"
                        + " values (uuidv7(), ?, 'settings_change', jsonb_build_object('actorId', ?::text), '10.9.8.7', now())",
                person.user().id(),
                admin.id().toString());

        Response response = as(admin).get(person.user().path("/export"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.header("Content-Disposition")).isEqualTo("attachment; filename=\"user.json\"");
        assertThat(response.asString())
                .doesNotContain("secret-app")
                .doesNotContain("10.9.8.7")
                .contains("••••");
    }

    /** A customer that became an admin stays linked to the admin that invited it; so does one that is an admin no longer. */
    @Test
    void anAdminSeesNothingOfWhomAnotherAdminDealsWith() {
        TestUser other = Given.customer().create();
        TestUser fellow = Given.adminOf(other);
        TestUser admin = Given.adminOf(fellow);
        TestUser boss = Given.superAdmin().create();
        String reason = "Reason " + Given.unique();
        dealWith(fellow, other, reason);
        credit(boss, fellow, "A gift");

        for (Response complete :
                List.of(as(fellow).get(fellow.path("/export")), as(boss).get(fellow.path("/export")))) {
            assertThat(complete.asString()).contains(other.id().toString(), reason);
            assertThat(complete.<List<?>>path("tables.transfer_jobs")).hasSize(1);
        }
        Response ofAnAdmin = as(admin).get(fellow.path("/export"));
        as(boss).body(Map.of("userType", "customer"))
                .patch(fellow.path(""))
                .then()
                .statusCode(200);
        Response ofOneThatWas = as(admin).get(fellow.path("/export"));

        for (Response seen : List.of(ofAnAdmin, ofOneThatWas)) {
            assertThat(seen.asString()).doesNotContain(other.id().toString()).doesNotContain(reason);
            assertThat(seen.<List<?>>path("tables.transfer_jobs")).isEmpty();
            assertThat(seen.<List<String>>path("tables.user_admins.adminId"))
                    .contains(admin.id().toString());
            assertThat(seen.<List<String>>path("tables.credit_transactions.reason"))
                    .contains("A gift");
            assertThat(seen.<List<String>>path("tables.audit_events.actorId"))
                    .contains(boss.id().toString());
        }
    }

    /** Every way in which a row that is held of an admin tells of somebody else. */
    private static void dealWith(TestUser admin, TestUser other, String reason) {
        as(admin).body(Map.of("name", "Bob")).patch(other.path("")).then().statusCode(200);
        as(admin)
                .body(Map.of("userId", other.id()))
                .put("/api/active-user")
                .then()
                .statusCode(200);
        credit(admin, other, reason);
        Database.execute(
                "insert into transfer_jobs (id, owner_id, kind, state, created_at, finished_at, heartbeat_at)"
                        + " values (uuidv7(), ?, 'import', 'succeeded', now(), now(), now())",
                admin.id());
    }

    private static void credit(TestUser admin, TestUser user, String reason) {
        as(admin)
                .header("Idempotency-Key", Given.unique())
                .body(Map.of("amount", 5, "reason", reason))
                .post(user.path("/credits/transactions"))
                .then()
                .statusCode(201);
    }

    @Test
    void anAdminSeesWhatACustomerWasAnsweredOfItsOwn() {
        TestUser customer = Given.customer().create();
        TestUser admin = Given.adminOf(customer);
        credit(admin, customer, "A gift");
        as(customer)
                .header("Idempotency-Key", "spend")
                .body(Map.of("amount", 2, "reason", "A stamp"))
                .post(customer.path("/credits/spend"))
                .then()
                .statusCode(201);
        as(customer)
                .header("Idempotency-Key", "take")
                .body(Map.of("amount", 1))
                .post("/api/quotas/image/consume")
                .then()
                .statusCode(200);

        assertThat(as(admin).get(customer.path("/export")).<List<String>>path("tables.idempotency_records.key"))
                .containsExactlyInAnyOrder("spend", "take");
    }

    @Test
    void aLongHistoryComesWhole() {
        TestUser user = Given.customer().create();
        Database.execute(
                "insert into user_activities (id, user_id, activity_type, details, created_at)"
                        + " select uuidv7(), ?, 'scrape', jsonb_build_object('n', n), now() from generate_series(1, 2345) n",
                user.id());
        String token = login(user).accessToken();

        JsonNode activities = export(user, token).path("tables").path("user_activities");

        assertThat(activities.findValues("n").stream().mapToInt(JsonNode::asInt).sum())
                .isEqualTo(2345 * 2346 / 2);
    }

    @Test
    void afterwardsThereIsNothingPersonalLeftToExport() {
        Person person = Person.create();
        TestUser boss = Given.superAdmin().create();
        as(boss).post(person.user().path("/anonymize")).then().statusCode(200);

        Response response = as(boss).get(person.user().path("/export"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.asString()).doesNotContainIgnoringCase(person.mark());
        assertThat(response.<List<?>>path("tables.generations")).hasSize(3);
    }

    private static JsonNode export(TestUser user, String token) {
        assertThat(withToken(token).get(user.path("")).statusCode()).isEqualTo(200);
        Http.Answer answer = Http.call("GET", user.path("/export"))
                .header("Authorization", "Bearer " + token)
                .send();
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    private static boolean isText(String name) {
        String[] parts = name.split("\\.");
        return Database.number(
                        "select count(*) from information_schema.columns where table_name = ? and column_name = ?"
                                + " and data_type in ('text', 'jsonb', 'character', 'ARRAY')",
                        parts[0],
                        parts[1])
                > 0;
    }
}
