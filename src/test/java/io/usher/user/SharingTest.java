package io.usher.user;

import static io.usher.testing.Actors.as;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.Response;
import io.usher.testing.Given;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.util.Map;
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
    void theLinksAreAListLikeEveryOther() {
        TestUser customer = Given.customer().create();
        TestUser admin = Given.adminOf(customer);
        TestUser other = Given.admin().create();
        as(admin).put(admins(customer, other.id())).then().statusCode(204);
        String list = "/api/admin/users/" + customer.id() + "/admins";

        String next = as(admin)
                .get(list + "?limit=1")
                .then()
                .statusCode(200)
                .body("items.id", contains(admin.id().toString()))
                .body("limit", equalTo(1))
                .body("total", equalTo(2))
                .extract()
                .path("nextCursor");
        as(admin)
                .get(list + "?cursor=" + next)
                .then()
                .statusCode(200)
                .body("items.id", contains(other.id().toString()))
                .body("limit", equalTo(20))
                .body("nextCursor", nullValue());
        as(admin)
                .get(list + "?limit=0&count=all&cursor=x")
                .then()
                .statusCode(400)
                .body("errors.field", containsInAnyOrder("limit", "count", "cursor"));
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

    /** Not what it may use, nor what it has: a link is there to see, and does not put one admin under another. */
    @Test
    void anAdminDoesNotChangeWhatAnotherMayUse() {
        TestUser other = Given.admin().create();
        TestUser admin = Given.adminOf(other);
        TestUser boss = Given.superAdmin().create();
        Map<String, Object> limit = Map.of("image", Map.of("type", "daily", "limit", 5));
        Map<String, Object> taken = Map.of("resource", "image", "amount", 1);
        Map<String, Object> credits = Map.of("amount", 5, "reason", "Test");
        String quotas = "/api/admin/quotas/" + other.id();
        String ledger = other.path("/credits/transactions");

        forbidden(as(admin).body(limit).put(quotas));
        forbidden(as(admin).body(Map.of()).post(quotas + "/reset"));
        forbidden(as(admin).body(taken).post(quotas + "/consume"));
        forbidden(as(admin).body(credits).post(ledger));
        forbidden(as(admin).delete("/api/admin/users/" + other.id() + "/api-keys"));
        as(admin).get(quotas).then().statusCode(200).body("quotas.image.used", equalTo(0));
        as(admin).get(ledger).then().statusCode(200).body("total", equalTo(0));

        as(boss).body(limit).put("/api/admin/quotas/" + other.v1Id()).then().statusCode(200);
        as(boss).body(credits).post(ledger).then().statusCode(201);
        as(other).body(taken).post(quotas + "/consume").then().statusCode(200);
    }

    @Test
    void norWhatAnotherHasRecorded() {
        TestUser other = Given.admin().create();
        TestUser admin = Given.adminOf(other);
        Map<String, Object> settings = Map.of("settings", Map.of("enabled", false));

        forbidden(as(admin).body(settings).put(other.path("/preferences/notification")));
        forbidden(as(admin).delete(other.path("/preferences/notification")));
        forbidden(as(admin).body(Map.of()).put(other.path("/provers/p1")));
        forbidden(as(admin).delete(other.path("/provers/p1")));
        forbidden(as(admin).body(Map.of("dispenserData", Map.of())).put(other.path("/dispensers/w1")));
        forbidden(as(admin).delete(other.path("/dispensers/w1")));
        forbidden(as(admin)
                .body(Map.of("contentType", "page", "content", Map.of()))
                .post(other.path("/scraped-content")));
        as(admin).get(other.path("/preferences")).then().statusCode(200);
        as(Given.superAdmin().create())
                .body(settings)
                .put(other.path("/preferences/notification"))
                .then()
                .statusCode(200);
    }

    private static void forbidden(Response response) {
        response.then().statusCode(403).body("code", equalTo("forbidden"));
    }
}
