package io.usher.user;

import static io.usher.testing.Actors.as;
import static io.usher.testing.Actors.login;
import static io.usher.testing.Actors.tryLogin;
import static io.usher.testing.Actors.withToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@UsherTest
class UserUpdateTest {
    @Test
    void aUserWritesItsProfile() {
        TestUser customer = Given.customer().create();

        as(customer)
                .body(
                        "{\"name\": \" Ada \", \"phone\": \"+1 555\", \"zipCode\": \"10001\", \"additionalWebsites\": [\"https://a.example\"],"
                                + " \"notificationEmail\": \"ADA@Example.com\"}")
                .patch(customer.path(""))
                .then()
                .statusCode(200)
                .body("name", equalTo("Ada"))
                .body("phone", equalTo("+1 555"))
                .body("zipCode", equalTo("10001"))
                .body("additionalWebsites", contains("https://a.example"))
                .body("notificationEmail", equalTo("ada@example.com"))
                .body("version", equalTo(1));
    }

    @Test
    void whatIsAbsentStaysAndNullClears() {
        TestUser customer = Given.customer()
                .named("Ada")
                .with("phone", "1")
                .with("city", "Rome")
                .create();

        as(customer)
                .body("{\"phone\": null, \"additionalWebsites\": null, \"city\": \"  \"}")
                .put(customer.path(""))
                .then()
                .statusCode(200)
                .body("phone", nullValue())
                .body("city", nullValue())
                .body("additionalWebsites", equalTo(List.of()))
                .body("name", equalTo("Ada"));
    }

    @Test
    void whatCannotBeClearedIsNamed() {
        TestUser boss = Given.superAdmin().create();
        TestUser customer = Given.customer().create();

        as(boss).body(
                        "{\"email\": null, \"status\": null, \"userType\": null, \"superAdmin\": null, \"emailVerified\": null, \"x\": 1}")
                .patch(customer.path(""))
                .then()
                .statusCode(400)
                .body(
                        "errors.field",
                        containsInAnyOrder("email", "status", "userType", "superAdmin", "emailVerified", "x"))
                .body("errors.find { it.field == 'email' }.code", equalTo("not_null"))
                .body("errors.find { it.field == 'x' }.code", equalTo("unknown"));
    }

    @Test
    void everyFieldThatTheCallerMayNotWriteIsNamed() {
        TestUser customer = Given.customer().create();
        TestUser admin = Given.adminOf(customer);
        String all =
                "{\"name\": \"x\", \"status\": \"active\", \"leadStatus\": \"lead\", \"notes\": \"n\", \"emailVerified\": true,"
                        + " \"userType\": \"admin\", \"superAdmin\": true, \"roles\": []}";

        as(customer)
                .body(all)
                .patch(customer.path(""))
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"))
                .body(
                        "detail",
                        equalTo(
                                "You may not write: emailVerified, leadStatus, notes, roles, status, superAdmin, userType."));
        as(admin)
                .body(all)
                .patch(customer.path(""))
                .then()
                .statusCode(403)
                .body("detail", equalTo("You may not write: roles, superAdmin, userType."));
        as(admin)
                .body("{\"emailVerified\": true, \"roles\": null, \"notes\": \"mine\"}")
                .patch(admin.path(""))
                .then()
                .statusCode(403)
                .body("detail", equalTo("You may not write: emailVerified, roles."));
        assertThat(Database.number("select sum(version) from users where id in (?, ?)", customer.id(), admin.id()))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id",
                "v1Id",
                "displayName",
                "credits",
                "createdAt",
                "version",
                "passwordHash",
                "password",
                "password_hash"
            })
    void whatIsNoWritableFieldIsUnknown(String field) {
        TestUser boss = Given.superAdmin().create();

        as(boss).body(Map.of(field, "x"))
                .patch(boss.path(""))
                .then()
                .statusCode(400)
                .body("errors.field", contains(field));
    }

    @Test
    void anAdminWritesWhatItMay() {
        TestUser customer = Given.customer().unverified().create();
        TestUser admin = Given.adminOf(customer);
        String email = Given.email();

        as(admin)
                .body(Map.of(
                        "leadStatus", "qualified", "notes", "n", "emailVerified", true, "email", email.toUpperCase()))
                .put("/api/admin/users/" + customer.id())
                .then()
                .statusCode(200)
                .body("leadStatus", equalTo("qualified"))
                .body("notes", equalTo("n"))
                .body("emailVerified", equalTo(true))
                .body("email", equalTo(email))
                .body("v1Id", equalTo(customer.v1Id()));
    }

    @Test
    void anAdminNeverChangesAnotherAdminEvenOneItIsLinkedTo() {
        TestUser other = Given.admin().create();
        TestUser admin = Given.adminOf(other);

        as(admin).body(Map.of("name", "x")).patch(other.path("")).then().statusCode(403);
        as(admin).post(other.path("/suspend")).then().statusCode(403);
        as(admin).delete(other.path("")).then().statusCode(403);
        as(admin)
                .post("/api/admin/users/" + other.id() + "/reset-password")
                .then()
                .statusCode(403);
        as(admin).delete("/api/admin/users/" + other.id() + "/sessions").then().statusCode(403);
        as(admin).get(other.path("")).then().statusCode(200).body("version", equalTo(0));
    }

    @Test
    void aMergeThatChangesNothingMovesNothing() {
        TestUser customer = Given.customer().named("Ada").create();
        TestUser boss = Given.superAdmin().create();
        String before = Database.text("select updated_at::text || version from users where id = ?", customer.id());
        String token = login(customer).accessToken();

        as(boss).body(
                        "{\"name\": \"Ada\", \"status\": \"active\", \"roles\": [\"customer\"], \"userType\": \"customer\", \"phone\": null}")
                .patch(customer.path(""))
                .then()
                .statusCode(200)
                .body("version", equalTo(0));

        assertThat(Database.text("select updated_at::text || version from users where id = ?", customer.id()))
                .isEqualTo(before);
        withToken(token).get(customer.path("")).then().statusCode(200);
    }

    @Test
    void aNewTypeStatusOrRoleEndsTheSessionsAtOnce() {
        TestUser boss = Given.superAdmin().create();
        String role = Given.customRole();
        for (String change : new String[] {
            "{\"roles\": [\"" + role + "\"]}", "{\"userType\": \"admin\"}", "{\"status\": \"suspended\"}",
        }) {
            TestUser customer = Given.customer().create();
            String token = login(customer).accessToken();
            withToken(token).get(customer.path("")).then().statusCode(200);

            as(boss).body(change).patch(customer.path("")).then().statusCode(200);

            withToken(token).get(customer.path("")).then().statusCode(401).body("code", equalTo("session_revoked"));
        }
    }

    /** Whoever invited a customer has its set-up token, and would be the admin that is made of it. */
    @Test
    void aSetupTokenDoesNotOutliveANewType() {
        TestUser boss = Given.superAdmin().create();
        for (String change : List.of("{\"userType\": \"admin\"}", "{\"userType\": \"admin\", \"superAdmin\": true}")) {
            Invited invited = Invited.by(Given.admin().create());

            as(boss).body(change).patch(invited.path()).then().statusCode(200);

            invited.setPassword().then().statusCode(401).body("code", equalTo("invalid_code"));
            invited.resetBy(boss).setPassword().then().statusCode(200);
        }
    }

    @Test
    void aSetupTokenOutlivesWhatGivesNoRights() {
        TestUser admin = Given.admin().create();
        Invited invited = Invited.by(admin);

        as(admin)
                .body("{\"name\": \"Ann\", \"status\": \"active\"}")
                .patch(invited.path())
                .then()
                .statusCode(200);

        invited.setPassword().then().statusCode(200);
    }

    @Test
    void rolesAreReplacedAndUnknownOnesAreNamed() {
        TestUser boss = Given.superAdmin().create();
        String one = Given.customRole();
        String two = Given.customRole();
        TestUser customer = Given.customer().role(one).create();

        as(boss).body(Map.of("roles", List.of("customer", two)))
                .patch(customer.path(""))
                .then()
                .statusCode(200)
                .body("roles", contains("customer", two))
                .body("version", equalTo(1));
        as(boss).body(Map.of("roles", List.of(one, "no-such-role", "super-admin")))
                .patch(customer.path(""))
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("roles[2]"));
        as(boss).body(Map.of("roles", List.of(one, "no-such-role")))
                .patch(customer.path(""))
                .then()
                .statusCode(400)
                .body("errors.field", contains("roles[1]"));
        as(boss).body("{\"roles\": null}")
                .patch(customer.path(""))
                .then()
                .statusCode(200)
                .body("roles", contains("customer"));
    }

    @Test
    void aSuperAdminMustBeAnAdmin() {
        TestUser boss = Given.superAdmin().create();
        TestUser customer = Given.customer().create();

        as(boss).body("{\"superAdmin\": true}")
                .patch(customer.path(""))
                .then()
                .statusCode(400)
                .body("errors.field", contains("superAdmin"));
        as(boss).body("{\"superAdmin\": true, \"userType\": \"admin\"}")
                .patch(customer.path(""))
                .then()
                .statusCode(200)
                .body("roles", contains("admin", "super-admin"));
    }

    @Test
    void aNewAddressOfOnesOwnTakesThePasswordAndHasToBeVerified() {
        TestUser customer = Given.customer().create();
        String email = Given.email();

        as(customer)
                .body(Map.of("email", email))
                .patch(customer.path(""))
                .then()
                .statusCode(400)
                .body("errors.field", contains("currentPassword"));
        as(customer)
                .body(Map.of("email", email, "currentPassword", "Wrong-Horse-7"))
                .patch(customer.path(""))
                .then()
                .statusCode(401)
                .body("code", equalTo("invalid_credentials"));
        assertThat(Database.text("select email from users where id = ?", customer.id()))
                .isEqualTo(customer.email());

        as(customer)
                .body(Map.of("email", email, "currentPassword", Given.PASSWORD))
                .patch(customer.path(""))
                .then()
                .statusCode(200)
                .body("email", equalTo(email))
                .body("emailVerified", equalTo(false));
        assertThat(tryLogin(email, Given.PASSWORD).statusCode()).isNotEqualTo(401);
        tryLogin(customer.email(), Given.PASSWORD).then().statusCode(401);
    }

    @Test
    void takenAddressesAndUsernamesAreConflicts() {
        TestUser one = Given.customer().create();
        TestUser two = Given.customer().create();
        TestUser admin = Given.adminOf(one, two);

        as(admin)
                .body(Map.of("email", two.email()))
                .patch(one.path(""))
                .then()
                .statusCode(409)
                .body("code", equalTo("email_taken"));
        as(one).body(Map.of("username", two.username().toUpperCase()))
                .patch(one.path(""))
                .then()
                .statusCode(409)
                .body("code", equalTo("username_taken"));
    }

    @Test
    void aWriteOfAnOldVersionIsRefused() {
        TestUser customer = Given.customer().create();
        String etag = as(customer).get(customer.path("")).header("ETag");

        as(customer)
                .header("If-Match", etag)
                .body(Map.of("name", "One"))
                .patch(customer.path(""))
                .then()
                .statusCode(200);
        as(customer)
                .header("If-Match", etag)
                .body(Map.of("name", "Two"))
                .patch(customer.path(""))
                .then()
                .statusCode(412)
                .body("code", equalTo("version_conflict"));
        as(customer).header("If-Match", etag).delete(customer.path("")).then().statusCode(412);
        as(customer)
                .header("If-Match", "*")
                .body(Map.of("name", "Three"))
                .patch(customer.path(""))
                .then()
                .statusCode(200);
        as(customer)
                .header("If-Match", "nonsense")
                .body(Map.of("name", "Four"))
                .patch(customer.path(""))
                .then()
                .statusCode(400);
        as(customer)
                .header("If-Match", "")
                .body(Map.of("name", "Five"))
                .patch(customer.path(""))
                .then()
                .statusCode(400)
                .body("errors.field", contains("If-Match"));
    }

    @Test
    void theLastActiveSuperAdminStays() {
        TestUser boss = Given.superAdmin().create();
        Database.execute("update users set status = 'inactive' where super_admin and id <> ?", boss.id());

        as(boss).body("{\"superAdmin\": false}")
                .patch(boss.path(""))
                .then()
                .statusCode(409)
                .body("code", equalTo("conflict"));
        as(boss).body("{\"status\": \"inactive\"}").patch(boss.path("")).then().statusCode(409);
        as(boss).post(boss.path("/suspend")).then().statusCode(409);
        as(boss).delete(boss.path("")).then().statusCode(409);
        as(boss).delete(boss.path("?permanent=true")).then().statusCode(409);
        as(boss).body("{\"name\": \"Boss\"}").patch(boss.path("")).then().statusCode(200);

        TestUser second = Given.superAdmin().create();
        as(boss).body("{\"superAdmin\": false}").patch(second.path("")).then().statusCode(200);
    }

    @Test
    void ofTooMuchAndTooLongEveryFieldIsNamed() {
        TestUser customer = Given.customer().create();
        Map<String, Object> body = new HashMap<>();
        body.put("name", "n".repeat(201));
        body.put("phone", 5);
        body.put("username", "a b");
        body.put("notificationEmail", "\"quoted\"@example.com");
        body.put("additionalWebsites", List.of("ok", ""));
        body.put("city", "a\u0000b");

        as(customer)
                .body(body)
                .patch(customer.path(""))
                .then()
                .statusCode(400)
                .body(
                        "errors.field",
                        containsInAnyOrder(
                                "name", "phone", "username", "notificationEmail", "additionalWebsites[1]", "city"));
        as(customer)
                .body("{\"name\": \"\\ud800\"}")
                .patch(customer.path(""))
                .then()
                .statusCode(400)
                .body("errors.field", contains("name"));
        as(customer).body("[]").patch(customer.path("")).then().statusCode(400);
        as(customer)
                .body("{\"name\": ")
                .patch(customer.path(""))
                .then()
                .statusCode(400)
                .body("code", equalTo("malformed_json"));
        as(customer)
                .body("{\"userType\": \"root\"}")
                .patch(customer.path(""))
                .then()
                .statusCode(400)
                .body("errors[0].message", containsString("customer, admin"));
    }

    /** Nobody's stolen session is enough to move its account to another address. */
    @Test
    void aSuperAdminProvesItselfForANewAddressOfItsOwn() {
        TestUser boss = Given.superAdmin().create();
        String address = Given.email();

        as(boss).body(Map.of("email", address, "emailVerified", true))
                .patch(boss.path(""))
                .then()
                .statusCode(400)
                .body("errors.field", contains("currentPassword"));
        as(boss).body(Map.of("email", address, "currentPassword", Given.PASSWORD))
                .patch(boss.path(""))
                .then()
                .statusCode(200)
                .body("email", equalTo(address))
                .body("emailVerified", equalTo(false));
    }
}
