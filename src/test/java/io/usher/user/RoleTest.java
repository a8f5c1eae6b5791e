package io.usher.user;

import static io.usher.testing.Actors.as;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.usher.testing.Given;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@UsherTest
class RoleTest {
    @Test
    void rolesAreMadeListedAndRemoved() {
        TestUser boss = Given.superAdmin().create();
        String name = "r" + Given.unique();

        as(boss).body(Map.of("name", name, "description", "Reads"))
                .post("/api/admin/roles")
                .then()
                .statusCode(201)
                .header("Location", endsWith("/api/admin/roles/" + name))
                .body("name", equalTo(name))
                .body("builtIn", equalTo(false));
        as(boss).get("/api/admin/roles")
                .then()
                .statusCode(200)
                .body("items.name", hasItem(name))
                .body("items.findAll { it.builtIn }.name", contains("customer", "admin", "super-admin"));
        as(boss).body(Map.of("name", name))
                .post("/api/admin/roles")
                .then()
                .statusCode(409)
                .body("code", equalTo("conflict"));
        as(boss).delete("/api/admin/roles/" + name).then().statusCode(204);
        as(boss).delete("/api/admin/roles/" + name).then().statusCode(404).body("code", equalTo("not_found"));
        as(boss).get("/api/admin/roles").then().body("items.name", not(hasItem(name)));
    }

    @Test
    void aRoleThatSomebodyHasStays() {
        TestUser boss = Given.superAdmin().create();
        String role = Given.customRole();
        Given.customer().role(role).create();

        as(boss).delete("/api/admin/roles/" + role).then().statusCode(409).body("code", equalTo("conflict"));
    }

    @Test
    void builtInRolesAreNeitherMadeNorRemoved() {
        TestUser boss = Given.superAdmin().create();

        as(boss).body(Map.of("name", "super-admin"))
                .post("/api/admin/roles")
                .then()
                .statusCode(409);
        as(boss).delete("/api/admin/roles/customer").then().statusCode(409);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "Admin",
                "1role",
                "with space",
                "under_score",
                "abcdefghijklmnopqrstuvwxyzabcdefg",
                "ünder",
                "a\u0000b",
                ""
            })
    void otherNamesAreRefused(String name) {
        as(Given.superAdmin().create())
                .body(Map.of("name", name))
                .post("/api/admin/roles")
                .then()
                .statusCode(400)
                .body("errors.field.unique()", contains("name"));
    }

    @Test
    void rolesAreForSuperAdmins() {
        for (TestUser user :
                new TestUser[] {Given.admin().create(), Given.customer().create()}) {
            as(user).get("/api/admin/roles").then().statusCode(403);
            as(user).body(Map.of("name", "r" + Given.unique()))
                    .post("/api/admin/roles")
                    .then()
                    .statusCode(403);
            as(user).delete("/api/admin/roles/none").then().statusCode(403);
        }
        as(Given.superAdmin().create())
                .urlEncodingEnabled(false)
                .delete("/api/admin/roles/a%00b")
                .then()
                .statusCode(404);
    }
}
