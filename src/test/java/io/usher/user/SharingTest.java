package io.usher.user;

import static io.usher.testing.Actors.as;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.usher.testing.Given;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@UsherTest
class SharingTest {
    @Test
    void anAdminSharesAUserAndTakesItBack() {
        TestUser customer = Given.customer().create();
        TestUser admin = Given.adminOf(customer);
        TestUser other = Given.admin().create();
        as(other).get(customer.path("")).then().statusCode(404);

        as(admin).put(admins(customer, other.id())).then().statusCode(204);
        as(admin).put(admins(customer, other.id())).then().statusCode(204);

        as(other).get(customer.path("")).then().statusCode(200);
        as(admin)
                .get("/api/admin/users/" + customer.id() + "/admins")
                .then()
                .statusCode(200)
                .body("items.id", contains(admin.id().toString(), other.id().toString()))
                .body("items[0].email", equalTo(admin.email()));
        as(admin).delete(admins(customer, other.id())).then().statusCode(204);
        as(other).get(customer.path("")).then().statusCode(404);
        as(admin).delete(admins(customer, other.id())).then().statusCode(404).body("code", equalTo("user_not_found"));
    }

    @Test
    void theLastAdminIsOnlyTakenByASuperAdmin() {
        TestUser customer = Given.customer().create();
        TestUser admin = Given.adminOf(customer);

        as(admin).delete(admins(customer, admin.id())).then().statusCode(403);
        as(admin).get(customer.path("")).then().statusCode(200);
        as(Given.superAdmin().create())
                .delete(admins(customer, admin.id()))
                .then()
                .statusCode(204);
        as(admin).get(customer.path("")).then().statusCode(404);
    }

    @Test
    void usersAreSharedWithActiveAdminsOnly() {
        TestUser customer = Given.customer().create();
        TestUser admin = Given.adminOf(customer);

        for (UUID target : new UUID[] {
            UUID.randomUUID(),
            Given.customer().create().id(),
            Given.admin().status("suspended").create().id(),
            Given.admin().deleted().create().id()
        }) {
            as(admin).put(admins(customer, target)).then().statusCode(404).body("code", equalTo("user_not_found"));
        }
        as(admin)
                .put("/api/admin/users/" + customer.id() + "/admins/nobody")
                .then()
                .statusCode(404);
    }

    @Test
    void anAdminsLinkWithItselfIsNoSharingAndStays() {
        TestUser admin = Given.admin().create();
        TestUser boss = Given.superAdmin().create();

        as(boss).get("/api/admin/users/" + admin.id() + "/admins")
                .then()
                .statusCode(200)
                .body("items", empty());
        as(boss).delete(admins(admin, admin.id())).then().statusCode(409);
        as(admin).get("/api/users").then().body("items.id", contains(admin.id().toString()));
    }

    private static String admins(TestUser user, UUID admin) {
        return "/api/admin/users/" + user.id() + "/admins/" + admin;
    }
}
