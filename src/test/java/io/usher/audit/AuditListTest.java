package io.usher.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.Response;
import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who reads what of the log. */
@UsherTest
class AuditListTest {
    private final TestUser user = Given.customer().create();
    private final TestUser admin = Given.adminOf(user);

    @Test
    void anAdminSeesWhatWasDoneToItsUsersNewestFirst() {
        suspendAndActivate();

        list(admin, "?targetId=" + user.id())
                .then()
                .statusCode(200)
                .body("total", equalTo(2))
                .body("items", hasSize(2))
                .body("items[0].action", equalTo("user.status"))
                .body("items[0].actorType", equalTo("user"))
                .body("items[0].actorId", equalTo(admin.id().toString()))
                .body("items[0].actorKeyId", nullValue())
                .body("items[0].targetId", equalTo(user.id().toString()))
                .body("items[0].subject", nullValue())
                .body("items[0].changes", hasSize(1))
                .body("items[0].changes[0].field", equalTo("status"))
                .body("items[0].changes[0].old", equalTo("suspended"))
                .body("items[0].changes[0].new", equalTo("active"))
                .body("items[0].ipAddress", equalTo("127.0.0.1"))
                .body("items[0].userAgent", notNullValue())
                .body("items[0].requestId", notNullValue())
                .body("items[1].changes[0].new", equalTo("suspended"));
    }

    @Test
    void nobodySeesWhatWasDoneToOthers() {
        suspendAndActivate();
        TestUser stranger = Given.admin().create();
        Database.execute("insert into audit_events (id, created_at, action, actor_type, subject, changes)"
                + " values (uuidv7(), now(), 'role.create', 'system', 'nobody', '[]')");

        list(stranger, "?actorId=" + admin.id()).then().statusCode(200).body("total", equalTo(0));
        list(stranger, "").then().body("items.action", not(hasItem("role.create")));
        list(Given.superAdmin().create(), "?actorId=" + admin.id()).then().body("total", equalTo(2));
        list(Given.superAdmin().create(), "?action=role.create")
                .then()
                .body("items.action", everyItem(equalTo("role.create")))
                .body("items[0].targetId", nullValue());
        list(user, "").then().statusCode(403);
    }

    @Test
    void filtersCombineAndPagesFollowOneAnother() {
        suspendAndActivate();
        suspendAndActivate();
        String mine = "?actorId=" + admin.id() + "&action=user.status&limit=3";

        Response first = list(admin, mine);
        first.then().body("total", equalTo(4)).body("items", hasSize(3));
        String cursor = first.path("nextCursor");
        Response second = list(admin, mine + "&cursor=" + cursor);
        second.then().body("items", hasSize(1)).body("nextCursor", nullValue());
        List<String> ids = first.path("items.id");
        assertThat(second.<String>path("items[0].id")).isNotIn(ids);
        list(admin, mine + "&since=" + first.<String>path("items[0].createdAt"))
                .then()
                .body("items.id", hasItem(ids.get(0)));
        list(admin, mine + "&until=2020-01-01T00:00:00Z").then().body("total", equalTo(0));
        list(admin, mine + "&action=user.create").then().statusCode(400);
    }

    @Test
    void everyParameterAtFaultIsNamed() {
        list(admin, "?actorId=x&targetId=1&action=user.fly&since=now&unknown=1")
                .then()
                .statusCode(400)
                .body("errors.field", contains("actorId", "targetId", "action", "since", "unknown"));
    }

    @Test
    void theLogIsValidAndSaysSo() {
        suspendAndActivate();

        Actors.as(Given.superAdmin().create())
                .get("/api/admin/audit/verify")
                .then()
                .statusCode(200)
                .body("valid", equalTo(true))
                .body("events", notNullValue())
                .body("firstBrokenId", nullValue())
                .body("head", notNullValue());
        assertThat(Database.number(
                        "select count(*) from audit_chain c join audit_events e on e.id = c.event_id"
                                + " where e.target_id = ?",
                        user.id()))
                .isEqualTo(2);
    }

    private void suspendAndActivate() {
        for (String status : List.of("suspended", "active")) {
            Actors.as(admin)
                    .body(Map.of("status", status))
                    .patch(user.path(""))
                    .then()
                    .statusCode(200);
        }
    }

    private static Response list(TestUser who, String query) {
        return Actors.as(who).get("/api/admin/audit" + query);
    }
}
