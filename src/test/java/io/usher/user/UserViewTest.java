package io.usher.user;

import static io.usher.testing.Actors.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.Response;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@UsherTest
class UserViewTest {
    @Test
    void aCustomerSeesItselfWithoutWhatItsAdminsNote() {
        TestUser customer = Given.customer().with("notes", "secret").create();

        as(customer)
                .get(customer.path(""))
                .then()
                .statusCode(200)
                .body("id", equalTo(customer.id().toString()))
                .body("v1Id", equalTo(customer.v1Id()))
                .body("displayName", equalTo(customer.username()))
                .body("roles", contains("customer"))
                .body("additionalWebsites", equalTo(java.util.List.of()))
                .body("credits", equalTo(0))
                .body("phone", nullValue())
                .body("$", hasKey("phone"))
                .body("$", hasKey("deletedAt"))
                .body("$", not(hasKey("notes")))
                .body("$", not(hasKey("leadStatus")))
                .body("$", not(hasKey("passwordSet")))
                .body("$", not(hasKey("authenticated")));
    }

    @Test
    void anAdminAlsoSeesNotesAndSignInState() {
        TestUser customer =
                Given.customer().with("notes", "likes tea").withoutPassword().create();
        TestUser admin = Given.adminOf(customer);

        as(admin)
                .get(customer.path(""))
                .then()
                .statusCode(200)
                .body("notes", equalTo("likes tea"))
                .body("leadStatus", nullValue())
                .body("$", hasKey("leadStatus"))
                .body("passwordSet", equalTo(false))
                .body("authenticated", equalTo(false))
                .body("activeUser", equalTo(false));
    }

    @Test
    void aUserWithALiveSessionIsAuthenticated() {
        TestUser customer = Given.customer().create();
        TestUser admin = Given.adminOf(customer);
        as(customer).get(customer.path("")).then().statusCode(200);

        as(admin)
                .get(customer.path(""))
                .then()
                .body("authenticated", equalTo(true))
                .body("passwordSet", equalTo(true));
    }

    @Test
    void rolesAreTheTypeThenSuperAdminThenCustomOnes() {
        String role = Given.customRole();
        TestUser boss = Given.superAdmin().role(role).create();

        as(boss).get(boss.path(""))
                .then()
                .body("roles", contains("admin", "super-admin", role))
                .body("superAdmin", equalTo(true));
    }

    @Test
    void theV1IdNamesTheUserWhateverItsCase() {
        TestUser customer = Given.customer().create();
        TestUser admin = Given.adminOf(customer);

        for (String id : new String[] {
            customer.v1Id(),
            customer.v1Id().toUpperCase(),
            customer.id().toString().toUpperCase()
        }) {
            as(admin)
                    .get("/api/users/" + id)
                    .then()
                    .statusCode(200)
                    .body("id", equalTo(customer.id().toString()));
            as(customer).get("/api/users/" + id).then().statusCode(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000-0000-7000-8000-000000000000",
                "0123456789abcdef0123456789abcdef",
                "me",
                "1",
                "%00",
                "x'--",
                "1-1-1-1-1"
            })
    void whatNamesNobodyIsNotFoundForAdminsAndForbiddenForCustomers(String id) {
        TestUser admin = Given.admin().create();
        TestUser customer = Given.customer().create();

        as(admin)
                .urlEncodingEnabled(false)
                .get("/api/users/" + id)
                .then()
                .statusCode(404)
                .body("code", equalTo("user_not_found"));
        as(customer)
                .urlEncodingEnabled(false)
                .get("/api/users/" + id)
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
    }

    @Test
    void aUserOutOfScopeCannotBeToldFromOneThatDoesNotExist() {
        TestUser admin = Given.admin().create();
        TestUser stranger = Given.customer().create();
        Map<String, Object> missing = answer(as(admin).get("/api/users/" + UUID.randomUUID()));

        assertThat(answer(as(admin).get(stranger.path("")))).isEqualTo(missing);
        assertThat(answer(as(admin).get("/api/users/" + stranger.v1Id()))).isEqualTo(missing);
        assertThat(answer(as(admin).body(Map.of("name", "x")).patch(stranger.path(""))))
                .isEqualTo(missing);
        assertThat(answer(
                        as(admin).body(Map.of("roles", java.util.List.of("x"))).put(stranger.path(""))))
                .isEqualTo(missing);
        assertThat(answer(as(admin).delete(stranger.path("")))).isEqualTo(missing);
        for (String action : new String[] {"/activate", "/deactivate", "/suspend", "/restore"}) {
            assertThat(answer(as(admin).post(stranger.path(action)))).isEqualTo(missing);
        }
        String base = "/api/admin/users/" + stranger.id();
        assertThat(answer(as(admin).get(base))).isEqualTo(missing);
        assertThat(answer(as(admin).get(base + "/sessions"))).isEqualTo(missing);
        assertThat(answer(as(admin).delete(base + "/sessions"))).isEqualTo(missing);
        assertThat(answer(as(admin).get(base + "/admins"))).isEqualTo(missing);
        assertThat(answer(as(admin).put(base + "/admins/" + admin.id()))).isEqualTo(missing);
        assertThat(answer(as(admin).delete(base + "/admins/" + admin.id()))).isEqualTo(missing);
        assertThat(answer(as(admin).post(base + "/reset-password"))).isEqualTo(missing);
        assertThat(Database.text(
                        "select version || status || coalesce(name, '') from users where id = ?", stranger.id()))
                .isEqualTo("0active");
    }

    @Test
    void aCustomerThatNamesAnotherUserIsForbiddenWhetherItExistsOrNot() {
        TestUser customer = Given.customer().create();
        TestUser other = Given.customer().create();
        Map<String, Object> missing = answer(as(customer).get("/api/users/" + UUID.randomUUID()));

        assertThat(missing.get("status")).isEqualTo(403);
        assertThat(answer(as(customer).get(other.path("")))).isEqualTo(missing);
        assertThat(answer(as(customer).get("/api/users/" + other.v1Id()))).isEqualTo(missing);
        assertThat(answer(as(customer).get("/api/users/nobody"))).isEqualTo(missing);
        assertThat(answer(as(customer).body(Map.of("name", "x")).patch(other.path(""))))
                .isEqualTo(missing);
        assertThat(answer(as(customer).delete(other.path("")))).isEqualTo(missing);
        as(customer).post(other.path("/suspend")).then().statusCode(403);
        as(customer).post(customer.path("/activate")).then().statusCode(403);
        as(customer).get("/api/users").then().statusCode(403);
        as(customer).get("/api/admin/users/" + customer.id()).then().statusCode(403);
    }

    @Test
    void aViewThatTheClientHasIsNotSentAgain() {
        TestUser customer = Given.customer().create();
        TestUser admin = Given.adminOf(customer);
        String etag = as(admin)
                .get(customer.path(""))
                .then()
                .statusCode(200)
                .extract()
                .header("ETag");

        as(admin)
                .header("If-None-Match", etag)
                .get(customer.path(""))
                .then()
                .statusCode(304)
                .header("ETag", etag);
        as(admin)
                .header("If-None-Match", "W/" + etag)
                .get(customer.path(""))
                .then()
                .statusCode(304);

        Database.execute("update users set last_used_at = now() where id = ?", customer.id());
        as(admin)
                .header("If-None-Match", etag)
                .get(customer.path(""))
                .then()
                .statusCode(200)
                .header("ETag", not(equalTo(etag)));
    }

    @Test
    void theOwnViewIsTheSameFromTheCacheAndGoneWithTheNextChange() {
        TestUser customer = Given.customer().create();
        Response first = as(customer).get(customer.path(""));
        Response second = as(customer).get(customer.path(""));
        assertThat(second.asString()).isEqualTo(first.asString());
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));

        as(customer).body(Map.of("name", "Ada")).patch(customer.path("")).then().statusCode(200);

        as(customer).get(customer.path("")).then().body("name", equalTo("Ada")).body("displayName", equalTo("Ada"));
    }

    @Test
    void aDeletedUserCanStillBeLookedAtByItsAdmins() {
        TestUser deleted = Given.customer().deleted().create();
        TestUser admin = Given.adminOf(deleted);

        as(admin).get(deleted.path("")).then().statusCode(200).body("deletedAt", not(nullValue()));
    }

    /** Everything but what differs with each request. */
    private static Map<String, Object> answer(Response response) {
        Map<String, Object> body = new java.util.TreeMap<>(response.jsonPath().getMap("$"));
        body.remove("requestId");
        body.remove("instance");
        return body;
    }
}
