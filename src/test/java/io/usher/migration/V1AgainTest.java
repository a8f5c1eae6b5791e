package io.usher.migration;

import static io.usher.migration.V1Files.contents;
import static io.usher.migration.V1Files.send;
import static io.usher.migration.V1Files.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.TestUser;
import io.usher.testing.UserBuilder;
import io.usher.testing.UsherTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A V1 file that is sent again changes nothing, whatever became of its users; and a registration that nobody has verified is nobody. */
@UsherTest
class V1AgainTest {
    private TestUser root;
    private String email;
    private String file;

    @BeforeEach
    void arrange() {
        root = Given.superAdmin().create();
        email = "ada@" + Given.unique() + ".example";
        Map<String, Object> ada = user(email);
        ada.put("password", "petrol1");
        ada.put("label", "Ada L.");
        ada.put("activities", List.of(Map.of("activityType", "scrape")));
        ada.put("pushover_settings", Map.of("app_token", "secret-token", "user_key", "secret-key"));
        file = V1Files.of(ada);
    }

    @Test
    void whoHasAnotherAddressByNowIsNotMadeTwice() {
        String id = migrated();
        Actors.as(root)
                .body(Map.of("email", "new-" + email))
                .patch("/api/users/" + id)
                .then()
                .statusCode(200);

        sendingItAgainChangesNothing();
        assertThat(Actors.tryLogin(email, "petrol1").statusCode()).isEqualTo(401);
    }

    @Test
    void whoWasAnonymisedIsNotBroughtBack() {
        String id = migrated();
        Actors.as(root).post("/api/users/" + id + "/anonymize").then().statusCode(200);

        sendingItAgainChangesNothing();
    }

    @Test
    void whoWasDeletedForGoodIsNotBroughtBack() {
        String id = migrated();
        Actors.as(root).delete("/api/users/" + id + "?permanent=true").then().statusCode(204);

        sendingItAgainChangesNothing();
    }

    /** Then the row is somebody's, and says by which ids. */
    @Test
    void whoeverHasTheOldAddressNowIsNamedAndNotTouched() {
        String id = migrated();
        Actors.as(root).delete("/api/users/" + id + "?permanent=true").then().statusCode(204);
        TestUser other = Given.customer().email(email).create();

        send(root, file)
                .then()
                .body("items.status", contains("skipped"))
                .body("items.id", contains(other.id().toString()))
                .body("items.v1Id", contains(other.v1Id()));
    }

    @Test
    void theOthersOfTheFileAreMigratedAllTheSame() {
        migrated();
        Database.execute("delete from users where email = ?", email);
        Map<String, Object> other = user("other-" + email);

        send(root, V1Files.of(user(email), other)).then().body("items.status", contains("skipped", "migrated"));
    }

    @Test
    void whatIsRememberedTellsNoAddressAndNoUser() {
        String id = migrated();

        assertThat(Database.column("select column_name from information_schema.columns where table_name = 'v1_traces'"))
                .containsExactly("trace");
        assertThat(Database.number(
                        "select count(*) from v1_traces where trace in (sha256(decode(md5(?), 'hex')), sha256(?::bytea),"
                                + " decode(md5(?), 'hex'), uuid_send(?::uuid))",
                        email,
                        email,
                        email,
                        id))
                .isZero();
        assertThat(Database.number("select length(salt) from v1_salt")).isEqualTo(32);
    }

    @Test
    void aRegistrationThatNobodyVerifiedIsReplacedAsAnotherRegistrationWouldReplaceIt() {
        TestUser stranger = stranger().create();
        Database.execute(
                "update users set requested_username = ?, phone = '+1 555 0100' where id = ?",
                "wanted" + Given.unique(),
                stranger.id());
        Database.execute(
                "insert into one_time_tokens (user_id, purpose, token_hash, created_at, expires_at)"
                        + " values (?, 'verify', '\\x00', now(), now() + interval '10 minutes')",
                stranger.id());

        send(root, file)
                .then()
                .statusCode(200)
                .body("items.status", contains("migrated"))
                .body("items.id", contains(stranger.id().toString()));

        Actors.as(root)
                .get("/api/users/" + stranger.id())
                .then()
                .body("name", equalTo("Ada L."))
                .body("phone", nullValue())
                .body("status", equalTo("active"))
                .body("emailVerified", equalTo(true));
        Actors.as(root)
                .get("/api/users/" + stranger.id() + "/activities")
                .then()
                .body("items.activityType", contains("scrape"));
        Actors.as(root)
                .get("/api/users/" + stranger.id() + "/preferences")
                .then()
                .body("items.category", contains("pushover"));
        assertThat(Actors.tryLogin(email, Given.PASSWORD).statusCode()).isEqualTo(401);
        assertThat(Actors.tryLogin(email, "petrol1").statusCode()).isEqualTo(200);
        assertThat(Database.text("select requested_username from users where id = ?", stranger.id()))
                .isNull();
        assertThat(Database.number("select count(*) from one_time_tokens where user_id = ?", stranger.id()))
                .as("codes of the registration")
                .isZero();
        assertThat(Database.text(
                        "select changes from audit_events where action = 'user.migrate' and target_id = ?",
                        stranger.id()))
                .contains("emailVerified", "status");
        send(root, file).then().body("items.status", contains("skipped"));
    }

    @Test
    void whomAnAdminManagesOrSomebodyVerifiedIsNoSuchRegistration() {
        TestUser invited =
                stranger().managedBy(Given.admin().create()).email("a" + email).create();
        TestUser verified =
                stranger().with("email_verified", true).email("b" + email).create();
        Actors.token(root);
        Map<String, String> before = contents();

        send(root, V1Files.of(user(invited.email()), user(verified.email())))
                .then()
                .body("items.status", contains("skipped", "skipped"));

        assertThat(contents()).isEqualTo(before);
    }

    private UserBuilder stranger() {
        return Given.customer()
                .email(email)
                .username(null)
                .named("Stranger")
                .status("pending")
                .unverified();
    }

    private String migrated() {
        return send(root, file)
                .then()
                .statusCode(200)
                .body("items.status", contains("migrated"))
                .extract()
                .path("items[0].id");
    }

    private void sendingItAgainChangesNothing() {
        Map<String, String> before = contents();

        send(root, file)
                .then()
                .statusCode(200)
                .body("migrated", equalTo(0))
                .body("items.status", contains("skipped"))
                .body("items.email", contains(email))
                .body("items[0].id", nullValue())
                .body("items[0].v1Id", nullValue());

        assertThat(contents()).isEqualTo(before);
    }
}
