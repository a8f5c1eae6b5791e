package io.usher.user;

import static io.usher.testing.Actors.anonymous;
import static io.usher.testing.Actors.as;
import static io.usher.testing.Actors.tryLogin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@UsherTest
class UserCreateTest {
    @Test
    void anInvitedUserSignsInWithTheTokenThatTheAnswerCarriesOnce() {
        TestUser admin = Given.admin().create();
        String email = Given.email();

        var answer = as(admin)
                .body(Map.of("email", " " + email.toUpperCase() + " ", "name", "Ada", "notes", "new"))
                .post("/api/users");

        String id = answer.path("id");
        String token = answer.path("setupToken");
        answer.then()
                .statusCode(201)
                .header("Location", endsWith("/api/users/" + id))
                .header("ETag", notNullValue())
                .body("email", equalTo(email))
                .body("status", equalTo("pending"))
                .body("notes", equalTo("new"))
                .body("passwordSet", equalTo(false))
                .body("setupToken", notNullValue())
                .body("setupExpiresAt", notNullValue());
        as(admin).get("/api/users/" + id).then().statusCode(200).body("setupToken", nullValue());
        anonymous()
                .body(Map.of("email", email, "setupToken", token, "password", Given.PASSWORD))
                .post("/api/auth/set-password")
                .then()
                .statusCode(200);
    }

    @Test
    void aUserWithAPasswordIsActiveAndSignsIn() {
        TestUser admin = Given.admin().create();
        String email = Given.email();

        as(admin)
                .body(Map.of(
                        "email", email, "password", "Another-Horse-8", "userType", "customer", "superAdmin", false))
                .post("/api/users")
                .then()
                .statusCode(201)
                .body("status", equalTo("active"))
                .body("passwordSet", equalTo(true))
                .body("setupToken", nullValue())
                .body("setupExpiresAt", nullValue());

        tryLogin(email, "Another-Horse-8").then().statusCode(200);
    }

    @Test
    void onlyASuperAdminCreatesAdminsAndGivesRoles() {
        TestUser admin = Given.admin().create();
        TestUser boss = Given.superAdmin().create();
        String role = Given.customRole();
        Map<String, Object> body = Map.of(
                "email",
                Given.email(),
                "userType",
                "admin",
                "superAdmin",
                true,
                "roles",
                List.of(role),
                "emailVerified",
                true);

        as(admin)
                .body(body)
                .post("/api/users")
                .then()
                .statusCode(403)
                .body("detail", equalTo("You may not write: roles, superAdmin, userType."));
        as(boss).body(body)
                .post("/api/users")
                .then()
                .statusCode(201)
                .body("roles", contains("admin", "super-admin", role))
                .body("emailVerified", equalTo(true));
    }

    @Test
    void everyFieldAtFaultIsNamedAndNothingIsWritten() {
        TestUser admin = Given.admin().create();
        Map<String, Long> before = Database.rowCounts();

        as(admin)
                .body(Map.of(
                        "email",
                        "no address",
                        "username",
                        "x y",
                        "status",
                        "gone",
                        "phone",
                        "1".repeat(41),
                        "defaultQuotas",
                        1))
                .post("/api/users")
                .then()
                .statusCode(400)
                .body("errors.field", containsInAnyOrder("email", "username", "status", "phone", "defaultQuotas"));
        as(admin)
                .body(Map.of("email", Given.email(), "password", "short"))
                .post("/api/users")
                .then()
                .statusCode(400)
                .body("errors.field.unique()", contains("password"));
        as(admin).body("{}").post("/api/users").then().statusCode(400).body("errors.field", contains("email"));
        as(Given.superAdmin().create())
                .body(Map.of("email", Given.email(), "roles", List.of("nope")))
                .post("/api/users")
                .then()
                .statusCode(400)
                .body("errors.field", contains("roles[0]"));

        assertThat(Database.rowCounts().get("users")).isEqualTo(before.get("users") + 1);
        assertThat(Database.rowCounts().get("one_time_tokens")).isEqualTo(before.get("one_time_tokens"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "a@b",
                "a@@example.com",
                "a b@example.com",
                "\"a b\"@example.com",
                "a@example..com",
                "a@-example.com",
                "ä@example.com",
                "\u212Aelvin@example.com",
                "a@exämple.com",
                "a@example.com\u0000",
                "@example.com",
                "a@example.com, b@example.com",
                ""
            })
    void whatIsNoAddressIsRefused(String email) {
        as(Given.admin().create())
                .body(Map.of("email", email))
                .post("/api/users")
                .then()
                .statusCode(400)
                .body("errors.field", contains("email"));
    }

    @Test
    void takenAddressesAndUsernamesAreConflictsEvenOfDeletedUsers() {
        TestUser admin = Given.admin().create();
        TestUser deleted = Given.customer().deleted().create();

        as(admin)
                .body(Map.of("email", deleted.email()))
                .post("/api/users")
                .then()
                .statusCode(409)
                .body("code", equalTo("email_taken"));
        as(admin)
                .body(Map.of(
                        "email", Given.email(), "username", deleted.username().toUpperCase()))
                .post("/api/users")
                .then()
                .statusCode(409)
                .body("code", equalTo("username_taken"));
    }

    @Test
    void manyAreInvitedAtOnceAndTheRestIsReported() {
        TestUser admin = Given.admin().create();
        TestUser mine = Given.customer().managedBy(admin).create();
        TestUser stranger = Given.customer().create();
        String one = Given.email();
        String two = Given.email();

        var answer = as(admin)
                .body(Map.of(
                        "emails",
                        List.of(
                                one,
                                two.toUpperCase(),
                                one,
                                "nonsense",
                                mine.email(),
                                stranger.email(),
                                "x\u0001@example.com")))
                .post("/api/admin/users/bulk-create");

        answer.then()
                .statusCode(200)
                .body("created.email", contains(one, two))
                .body(
                        "skipped.collectEntries { [it.email, it.reason] }",
                        equalTo(Map.of(
                                one,
                                "duplicate",
                                "nonsense",
                                "invalid_email",
                                "x\u0001@example.com",
                                "invalid_email",
                                mine.email(),
                                "exists",
                                stranger.email(),
                                "exists")));
        as(admin)
                .get("/api/users/" + answer.path("created[0].id"))
                .then()
                .statusCode(200)
                .body("status", equalTo("pending"));
        as(admin).get(stranger.path("")).then().statusCode(404);
        anonymous()
                .body(Map.of(
                        "email", two, "setupToken", answer.path("created[1].setupToken"), "password", Given.PASSWORD))
                .post("/api/auth/set-password")
                .then()
                .statusCode(200);
    }

    @Test
    void aSuperAdminIsLinkedToThoseThatExist() {
        TestUser boss = Given.superAdmin().create();
        TestUser stranger = Given.customer().create();
        String body = "{\"emails\": [\"" + stranger.email() + "\"]}";

        as(boss).body(body)
                .post("/api/admin/users/bulk-create")
                .then()
                .statusCode(200)
                .body("skipped.reason", contains("linked"));
        as(boss).body(body).post("/api/admin/users/bulk-create").then().body("skipped.reason", contains("exists"));
        as(boss).get("/api/admin/users/" + stranger.id() + "/admins")
                .then()
                .body("items.id", contains(boss.id().toString()));
    }

    @Test
    void aThousandAreInvitedButNotMore() {
        TestUser admin = Given.admin().create();
        String unique = Given.unique();
        List<String> emails = java.util.stream.IntStream.range(0, 1000)
                .mapToObj(i -> unique + i + "@example.com")
                .toList();

        as(admin)
                .body(Map.of("emails", emails))
                .post("/api/admin/users/bulk-create")
                .then()
                .statusCode(200)
                .body("created.size()", equalTo(1000))
                .body("created.setupToken.unique().size()", equalTo(1000));
        as(admin)
                .body(Map.of(
                        "emails",
                        java.util.stream.Stream.concat(emails.stream(), java.util.stream.Stream.of("x@example.com"))
                                .toList()))
                .post("/api/admin/users/bulk-create")
                .then()
                .statusCode(400)
                .body("errors.field", contains("emails"));
        as(admin)
                .body("{\"emails\": [], \"defaultQuotas\": {\"image\": {\"type\": \"hourly\", \"limit\": 5}}}")
                .post("/api/admin/users/bulk-create")
                .then()
                .statusCode(400)
                .body("errors.field", containsInAnyOrder("emails", "defaultQuotas.image.type"));
    }

    @Test
    void oneAnswerNamesWhateverIsWrongWithTheListAndItsQuotas() {
        as(Given.admin().create())
                .body("{\"emails\": [5, null], \"defaultQuotas\": {\"nonsense\": {\"type\": \"daily\", \"limit\": 1},"
                        + " \"image\": {\"type\": \"daily\"}, \"video\": {\"type\": \"unlimited\", \"limit\": -1}}}")
                .post("/api/admin/users/bulk-create")
                .then()
                .statusCode(400)
                .body(
                        "errors.field",
                        containsInAnyOrder(
                                "emails[0]",
                                "emails[1]",
                                "defaultQuotas.nonsense",
                                "defaultQuotas.image.limit",
                                "defaultQuotas.video.limit"));
    }
}
