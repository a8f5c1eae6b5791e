package io.usher.transfer;

import static io.usher.transfer.ImportCalls.bytes;
import static io.usher.transfer.ImportCalls.counts;
import static io.usher.transfer.ImportCalls.csv;
import static io.usher.transfer.ImportCalls.errors;
import static io.usher.transfer.ImportCalls.report;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.Http;
import io.usher.testing.NoLimits;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import io.usher.user.FileUser;
import io.usher.user.ImportedUser;
import io.usher.user.UserImportService;
import io.usher.user.UserImportService.OnConflict;
import io.usher.user.UserImportService.Outcome;
import io.usher.user.UserImportService.State;
import io.usher.web.StrictJson;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What follows from a change follows from it as well where a file makes it. */
@UsherTest
@TestProfile(NoLimits.class)
class UserImportUpdateTest {
    private static final String UPDATE = "?onConflict=update";

    private final TestUser superAdmin = Given.superAdmin().create();
    private final TestUser admin = Given.admin().create();

    @Inject
    UserImportService imports;

    @Inject
    StrictJson json;

    @Test
    void anAdminNeitherGivesNorTakesRoles() {
        String role = Given.customRole();
        TestUser holder = Given.customer().named("Ada").role(role).create();
        TestUser plain = Given.customer().create();
        Given.link(admin, holder);
        Given.link(admin, plain);

        JsonNode report = csv(admin, UPDATE, "email,name,roles", holder.email() + ",Eve,", plain.email() + ",Eve,");
        JsonNode silent = csv(admin, UPDATE, "email,city", holder.email() + ",Paris");

        assertThat(counts(report)).isEqualTo("2 0 1 0 1");
        assertThat(errors(report)).containsExactly("2 roles forbidden");
        assertThat(counts(silent)).isEqualTo("1 0 1 0 0");
        assertThat(roles(holder.id())).isEqualTo(role);
        assertThat(Database.text("select name || city from users where id = ?", holder.id()))
                .isEqualTo("AdaParis");
    }

    @Test
    void otherRolesEndSessionsAndAreAudited() {
        String old = Given.customRole();
        String other = Given.customRole();
        TestUser changed = Given.customer().role(old).create();
        TestUser same = Given.customer().role(old).create();
        String changedToken = Actors.token(changed);
        String sameToken = Actors.token(same);

        JsonNode report = csv(
                superAdmin, UPDATE, "email,roles", changed.email() + ",customer;" + other, same.email() + "," + old);

        assertThat(counts(report)).isEqualTo("2 0 2 0 0");
        assertThat(roles(changed.id())).isEqualTo(other);
        assertThat(roles(same.id())).isEqualTo(old);
        assertThat(me(changedToken)).isEqualTo(401);
        assertThat(me(sameToken)).isEqualTo(200);
        assertThat(Database.text(
                        "select changes from audit_events where target_id = ? and action = 'user.import'",
                        changed.id()))
                .contains("\"old\":[\"" + old + "\"]", "\"new\":[\"" + other + "\"]");
    }

    /** Whoever made the account, or had its password reset, would be an admin by it. */
    @Test
    void aSetUpTokenDoesNotOutliveAPromotion() {
        String email = Given.email();
        String token = Http.call("POST", "/api/users")
                .as(admin)
                .json(Map.of("email", email))
                .send()
                .json()
                .path("setupToken")
                .asText();

        csv(superAdmin, UPDATE, "email,user_type", email + ",admin");

        assertThat(Http.call("POST", "/api/auth/set-password")
                        .json(Map.of("email", email, "setupToken", token, "password", Given.PASSWORD))
                        .send()
                        .code())
                .isEqualTo("invalid_code");
    }

    @Test
    void anonymisedUsersAreARowOfTheirOwn() {
        TestUser gone = Given.customer().create();
        TestUser there = Given.customer().create();
        Http.call("POST", gone.path("/anonymize")).as(superAdmin).json(Map.of()).send();
        String address = Database.text("select email from users where id = ?", gone.id());

        JsonNode report = csv(superAdmin, UPDATE, "email,name", address + ",Ada", there.email() + ",Ada");

        assertThat(counts(report)).isEqualTo("2 0 1 0 1");
        assertThat(errors(report)).containsExactly("2 email conflict");
        assertThat(report.path("errors").path(0).path("message").asText()).contains("anonymised");
    }

    @Test
    void keysMakeNoCustomersOfAdmins() {
        TestUser boss = Given.admin().create();

        JsonNode report = report(Http.call("POST", ImportCalls.IMPORT + UPDATE)
                .withKey(Given.apiKey(superAdmin, "*"))
                .body("text/csv", bytes("email,user_type\n" + boss.email() + ",customer"))
                .send());

        assertThat(errors(report)).containsExactly("2 email forbidden");
        assertThat(Database.text("select user_type from users where id = ?", boss.id()))
                .isEqualTo("admin");
    }

    @Test
    void whatItChangesIsAnActivityOfTheUser() {
        TestUser user = Given.customer().named("Ada").with("city", "London").create();
        String header = "email,name,city,notes,password_hash";
        String hash = "$2a$04$" + "abcdefghijklmnopqrstuu" + "abcdefghijklmnopqrstuvwxyzABCDE";

        csv(superAdmin, UPDATE, header, user.email() + ",Ada,Paris,n," + hash);
        csv(superAdmin, UPDATE, header, user.email() + ",Ada,Paris,m," + hash);

        assertThat(Database.text(
                        "select string_agg(details::text, ' ' order by details ->> 'kind') from user_activities"
                                + " where user_id = ? and activity_type = 'settings_change'",
                        user.id()))
                .isEqualTo(
                        "{\"kind\": \"password\", \"actorId\": \"%1$s\"} {\"kind\": \"profile\", \"fields\": [\"city\"], \"actorId\": \"%1$s\"}"
                                .formatted(superAdmin.id()));
    }

    @Test
    void whoBecomesActiveGetsTheUsernameThatItAskedFor() {
        String username = "u" + Given.unique();
        TestUser user = Given.customer()
                .with("username", null)
                .with("requested_username", username)
                .with("status", "pending")
                .create();

        csv(superAdmin, UPDATE, "email,status", user.email() + ",active");

        assertThat(Database.text("select username from users where id = ?", user.id()))
                .isEqualTo(username);
    }

    /** A file with {@code is_deleted} alone, sent as often as it takes. */
    @Test
    void whoIsDeletedStaysSoSinceThen() {
        TestUser user = Given.customer()
                .with("deleted_at", java.time.OffsetDateTime.parse("2026-01-02T03:04:05Z"))
                .create();

        csv(superAdmin, UPDATE, "email,is_deleted", user.email() + ",true");

        assertThat(Database.text("select deleted_at at time zone 'UTC' from users where id = ?", user.id()))
                .startsWith("2026-01-02 03:04:05");
        csv(superAdmin, UPDATE, "email,is_deleted", user.email() + ",false");
        assertThat(Database.text("select deleted_at from users where id = ?", user.id()))
                .isNull();
    }

    /** A ledger outlives its user, and its sum is the balance. */
    @Test
    void whoComesBackByItsIdHasTheBalanceOfItsLedger() {
        TestUser user = Given.customer().create();
        String row = user.email() + "," + user.id();
        Http.call("POST", user.path("/credits/transactions"))
                .as(superAdmin)
                .json(Map.of("amount", 250, "reason", "a start"))
                .send();
        Http.call("DELETE", user.path("?permanent=true")).as(superAdmin).send();

        assertThat(counts(csv(superAdmin, "", "email,id", row))).isEqualTo("1 1 0 0 0");

        assertThat(Database.number("select credits from users where id = ?", user.id()))
                .isEqualTo(250);
    }

    /** Somebody who has moved to an address of the file since it was looked for. */
    @Test
    void whoCameToAnAddressMeanwhileIsOutAtOnceToo() throws Throwable {
        TestUser user = Given.customer().create();
        String token = Actors.token(user);
        assertThat(me(token)).isEqualTo(200);
        FileUser row = json.read(bytes("{\"email\": \"" + Given.email() + "\"}"), FileUser.class);
        ImportedUser imported = new ImportedUser(null, null, null, null, List.of(), row);

        VertxContextSupport.subscribeAndAwait(
                () -> imports.changing(List.of(imported), OnConflict.UPDATE, () -> suspend(user)));

        assertThat(me(token)).isEqualTo(401);
    }

    private static Uni<List<Outcome>> suspend(TestUser user) {
        return Uni.createFrom().item(() -> {
            Database.execute("update users set status = 'suspended' where id = ?", user.id());
            return List.of(new Outcome(State.UPDATED, user.id(), null));
        });
    }

    private static int me(String token) {
        return Http.call("GET", "/api/auth/me")
                .header("Authorization", "Bearer " + token)
                .send()
                .status();
    }

    private static String roles(UUID id) {
        return Database.text("select string_agg(role_name, ' ') from user_roles where user_id = ?", id);
    }
}
