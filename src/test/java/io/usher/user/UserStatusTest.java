package io.usher.user;

import static io.usher.testing.Actors.as;
import static io.usher.testing.Actors.login;
import static io.usher.testing.Actors.tryLogin;
import static io.usher.testing.Actors.withToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@UsherTest
class UserStatusTest {
    @Test
    void aSuspendedUserIsOutAtOnceAndInAgainOnceActivated() {
        TestUser customer = Given.customer().create();
        TestUser admin = Given.adminOf(customer);
        String token = login(customer).accessToken();

        as(admin)
                .post(customer.path("/suspend"))
                .then()
                .statusCode(200)
                .body("status", equalTo("suspended"))
                .body("version", equalTo(1));
        withToken(token).get(customer.path("")).then().statusCode(401).body("code", equalTo("session_revoked"));
        tryLogin(customer.email(), Given.PASSWORD).then().statusCode(403).body("code", equalTo("account_inactive"));

        as(admin).post(customer.path("/activate")).then().statusCode(200).body("status", equalTo("active"));
        withToken(token).get(customer.path("")).then().statusCode(401);
        tryLogin(customer.email(), Given.PASSWORD).then().statusCode(200);
    }

    /** Whoever verifies the address has it as well; were it lost here, the user would have to be told to choose it again. */
    @Test
    void aRegistrationThatAnAdminActivatesGetsItsUsername() {
        TestUser boss = Given.superAdmin().create();
        String wanted = "w" + Given.unique();
        TestUser registered = registration(wanted);
        TestUser second = registration(wanted.toUpperCase());

        as(boss).post(registered.path("/activate")).then().statusCode(200).body("username", equalTo(wanted));
        as(boss).body(Map.of("status", "active"))
                .patch(second.path(""))
                .then()
                .statusCode(200)
                .body("username", nullValue())
                .body("status", equalTo("active"));

        tryLogin(wanted, Given.PASSWORD)
                .then()
                .statusCode(200)
                .body("user.id", equalTo(registered.id().toString()));
    }

    @Test
    void aRegistrationThatIsSuspendedKeepsItsWishForLater() {
        TestUser boss = Given.superAdmin().create();
        String wanted = "w" + Given.unique();
        TestUser registered = registration(wanted);

        as(boss).post(registered.path("/suspend")).then().statusCode(200).body("username", nullValue());
        as(boss).post(registered.path("/activate")).then().statusCode(200).body("username", equalTo(wanted));
    }

    private static TestUser registration(String username) {
        return Given.customer()
                .username(null)
                .status("pending")
                .unverified()
                .with("requested_username", username)
                .create();
    }

    @Test
    void doingItTwiceChangesNothing() {
        TestUser customer = Given.customer().create();
        TestUser admin = Given.adminOf(customer);

        as(admin).post(customer.path("/activate")).then().statusCode(200).body("version", equalTo(0));
        as(admin).post(customer.path("/restore")).then().statusCode(200).body("version", equalTo(0));
        as(admin).post(customer.path("/deactivate")).then().statusCode(200).body("version", equalTo(1));
        as(admin)
                .post(customer.path("/deactivate"))
                .then()
                .statusCode(200)
                .body("version", equalTo(1))
                .body("status", equalTo("inactive"));
    }

    @Test
    void aDeletedUserIsOutOfListsAndLoginsAndCanBeRestored() {
        TestUser customer = Given.customer().create();
        TestUser admin = Given.adminOf(customer);
        String token = login(customer).accessToken();

        as(admin).delete(customer.path("")).then().statusCode(204);

        withToken(token).get(customer.path("")).then().statusCode(401);
        assertThat(tryLogin(customer.email(), Given.PASSWORD).statusCode()).isIn(401, 403);
        as(admin).get("/api/users").then().body("items", hasSize(1));
        as(admin).delete(customer.path("")).then().statusCode(404).body("code", equalTo("user_not_found"));
        as(admin).body(Map.of("name", "x")).patch(customer.path("")).then().statusCode(409);
        as(admin).post(customer.path("/activate")).then().statusCode(409);
        as(admin)
                .post("/api/admin/users/" + customer.id() + "/reset-password")
                .then()
                .statusCode(409);

        as(admin)
                .post(customer.path("/restore"))
                .then()
                .statusCode(200)
                .body("deletedAt", nullValue())
                .body("status", equalTo("active"));
        tryLogin(customer.email(), Given.PASSWORD).then().statusCode(200);
    }

    @Test
    void usersDeleteThemselves() {
        TestUser customer = Given.customer().create();
        String token = login(customer).accessToken();

        withToken(token).delete(customer.path("")).then().statusCode(204);

        withToken(token).get(customer.path("")).then().statusCode(401);
        assertThat(Database.text("select deleted_at from users where id = ?", customer.id()))
                .isNotNull();
    }

    @Test
    void onlyASuperAdminDeletesPermanently() {
        TestUser customer = Given.customer().create();
        TestUser admin = Given.adminOf(customer);
        TestUser boss = Given.superAdmin().create();
        String token = login(customer).accessToken();

        as(admin).delete(customer.path("?permanent=true")).then().statusCode(403);
        as(customer).delete(customer.path("?permanent=true")).then().statusCode(403);
        as(boss).delete(customer.path("?permanent=perhaps"))
                .then()
                .statusCode(400)
                .body("errors.field", contains("permanent"));
        as(boss).delete(customer.path("?permanent=true")).then().statusCode(204);

        withToken(token).get(customer.path("")).then().statusCode(401).body("code", equalTo("session_revoked"));
        assertThat(Database.number("select count(*) from users where id = ?", customer.id()))
                .isZero();
        as(boss).delete(customer.path("?permanent=true")).then().statusCode(404);
    }

    @Test
    void theOwnPasswordIsChangedWithTheCurrentOneAndSparesTheSessionThatDoesIt() {
        TestUser customer = Given.customer().create();
        String other = login(customer).accessToken();
        String own = login(customer).accessToken();

        withToken(own)
                .body(Map.of("currentPassword", "Wrong-Horse-7", "newPassword", "Another-Horse-8"))
                .post(customer.path("/password"))
                .then()
                .statusCode(401)
                .body("code", equalTo("invalid_credentials"));
        withToken(own)
                .body(Map.of("currentPassword", Given.PASSWORD, "newPassword", "weak"))
                .post(customer.path("/password"))
                .then()
                .statusCode(400)
                .body("errors.field.unique()", contains("newPassword"));
        withToken(own)
                .body(Map.of("currentPassword", Given.PASSWORD, "newPassword", "Another-Horse-8"))
                .post(customer.path("/password"))
                .then()
                .statusCode(204);

        withToken(own).get(customer.path("")).then().statusCode(200);
        withToken(other).get(customer.path("")).then().statusCode(401).body("code", equalTo("session_revoked"));
        tryLogin(customer.email(), Given.PASSWORD).then().statusCode(401);
        tryLogin(customer.email(), "Another-Horse-8").then().statusCode(200);
    }

    @Test
    void nobodyElsesPasswordIsChangedThatWay() {
        TestUser customer = Given.customer().create();
        TestUser admin = Given.adminOf(customer);
        Map<String, String> body = Map.of("currentPassword", Given.PASSWORD, "newPassword", "Another-Horse-8");

        as(admin).body(body).post(customer.path("/password")).then().statusCode(403);
        as(Given.customer().create())
                .body(body)
                .post(customer.path("/password"))
                .then()
                .statusCode(403);
        as(Given.admin().create())
                .body(body)
                .post(customer.path("/password"))
                .then()
                .statusCode(404);
    }

    /** A stolen access token would be an account otherwise. */
    @Test
    void nobodyResetsTheirOwnPassword() {
        for (TestUser self : List.of(Given.admin().create(), Given.superAdmin().create())) {
            as(self).post("/api/admin/users/" + self.id() + "/reset-password")
                    .then()
                    .statusCode(403)
                    .body("detail", containsString("/api/auth/change-password"));
            tryLogin(self.email(), Given.PASSWORD).then().statusCode(200);
        }
    }

    @Test
    void aResetTakesThePasswordAwayAndHandsOutASetupToken() {
        TestUser customer = Given.customer().create();
        TestUser admin = Given.adminOf(customer);
        String token = login(customer).accessToken();

        String setup = as(admin)
                .post("/api/admin/users/" + customer.id() + "/reset-password")
                .then()
                .statusCode(200)
                .body("setupExpiresAt", notNullValue())
                .extract()
                .path("setupToken");

        withToken(token).get(customer.path("")).then().statusCode(401);
        tryLogin(customer.email(), Given.PASSWORD).then().statusCode(401);
        as(admin).get(customer.path("")).then().body("passwordSet", equalTo(false));
        Actors.anonymous()
                .body(Map.of("email", customer.email(), "setupToken", setup, "password", "Another-Horse-8"))
                .post("/api/auth/set-password")
                .then()
                .statusCode(200);
    }

    @Test
    void anAdminSeesAndEndsTheSessionsOfAUser() {
        TestUser customer = Given.customer().create();
        TestUser admin = Given.adminOf(customer);
        String token = login(customer).accessToken();
        login(customer);
        String path = "/api/admin/users/" + customer.id() + "/sessions";

        as(admin).get(path).then().statusCode(200).body("items", hasSize(2)).body("items[0].expiresAt", notNullValue());
        as(admin).delete(path).then().statusCode(204);
        withToken(token).get(customer.path("")).then().statusCode(401).body("code", equalTo("session_revoked"));
        as(admin).get(path).then().body("items", empty());
    }
}
