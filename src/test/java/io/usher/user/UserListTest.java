package io.usher.user;

import static io.usher.testing.Actors.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.Response;
import io.usher.testing.Given;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@UsherTest
class UserListTest {
    @Test
    void anAdminListsItselfAndWhomItManagesAndNobodyElse() {
        TestUser stranger = Given.customer().create();
        TestUser mine = Given.customer().create();
        TestUser admin = Given.adminOf(mine);

        for (String path : new String[] {"/api/users", "/api/admin/users"}) {
            as(admin)
                    .get(path)
                    .then()
                    .statusCode(200)
                    .body(
                            "items.id",
                            containsInAnyOrder(mine.id().toString(), admin.id().toString()))
                    .body("total", equalTo(2))
                    .body("totalIsEstimate", equalTo(false))
                    .body("limit", equalTo(20))
                    .body("offset", equalTo(0))
                    .body("nextCursor", nullValue());
        }
        for (String query : new String[] {"q=", "email="}) {
            as(admin)
                    .get("/api/users?" + query + stranger.email())
                    .then()
                    .body("items", empty())
                    .body("total", equalTo(0));
        }
        as(admin)
                .get("/api/users?count=estimate&limit=1&email=" + stranger.email())
                .then()
                .body("items", empty());
    }

    @Test
    void searchFindsPartsOfEmailNameUsernameAndPhoneWhateverTheirCase() {
        String mark = Given.unique();
        TestUser ada = Given.customer()
                .named("Ada " + mark.toUpperCase() + "x%_\\y")
                .with("phone", "+49 " + mark)
                .create();
        TestUser admin = Given.adminOf(ada);

        for (String q : new String[] {
            mark.substring(2, 9),
            mark.toUpperCase(),
            ada.email().substring(3),
            ada.username().substring(1, 8).toUpperCase(),
            "+49 " + mark
        }) {
            as(admin)
                    .queryParam("q", q)
                    .get("/api/users")
                    .then()
                    .statusCode(200)
                    .body("items.id", hasItem(ada.id().toString()));
        }
        as(admin)
                .queryParam("name", "x%_\\y")
                .get("/api/users")
                .then()
                .body("items.id", contains(ada.id().toString()));
        as(admin).queryParam("name", "x__\\y").get("/api/users").then().body("items", empty());
        as(admin).queryParam("q", "%%%").get("/api/users").then().body("items", empty());
        as(admin)
                .queryParam("q", "'; drop table users; --")
                .get("/api/users")
                .then()
                .statusCode(200)
                .body("items", empty());
    }

    @Test
    void shortNeedlesMatchTheStartOnly() {
        TestUser zoe =
                Given.customer().named("Zöe").email("zq-" + Given.email()).create();
        TestUser admin = Given.adminOf(zoe);

        as(admin)
                .queryParam("q", "ZÖ")
                .get("/api/users")
                .then()
                .body("items.id", contains(zoe.id().toString()));
        as(admin)
                .queryParam("name", "z")
                .get("/api/users")
                .then()
                .body("items.id", contains(zoe.id().toString()));
        as(admin)
                .queryParam("email", " ZQ ")
                .get("/api/users")
                .then()
                .body("items.id", contains(zoe.id().toString()));
        as(admin).queryParam("name", "öe").get("/api/users").then().body("items", empty());
    }

    @Test
    void everyFilterCutsAndAllCombine() {
        String role = Given.customRole();
        TestUser one = Given.customer()
                .status("suspended")
                .with("lead_status", "lead")
                .role(role)
                .named("Filter One")
                .create();
        TestUser two = Given.customer().named("Filter Two").create();
        TestUser admin = Given.adminOf(one, two);

        for (String query : new String[] {
            "status=suspended",
            "leadStatus=lead",
            "role=" + role,
            "name=filter one",
            "q=filter&status=suspended" + "&leadStatus=lead&role=" + role
                    + "&userType=customer&createdAfter=2020-01-01T00:00:00Z&createdBefore=2999-01-01T00:00:00Z"
        }) {
            as(admin)
                    .get("/api/users?" + query)
                    .then()
                    .statusCode(200)
                    .body("items.id", contains(one.id().toString()))
                    .body("total", equalTo(1));
        }
        as(admin)
                .get("/api/users?userType=admin")
                .then()
                .body("items.id", contains(admin.id().toString()));
        as(admin)
                .get("/api/users?role=admin")
                .then()
                .body("items.id", contains(admin.id().toString()));
        as(admin).get("/api/users?role=customer").then().body("items", hasSize(2));
        as(admin).get("/api/users?role=super-admin").then().body("items", empty());
        as(admin).get("/api/users?role=no-such-role").then().body("items", empty());
        as(admin).get("/api/users?createdAfter=2999-01-01T00:00:00Z").then().body("items", empty());
        for (String beyond : new String[] {"+999999999-01-01T00:00:00Z", "-999999999-01-01T00:00:00Z"}) {
            as(admin)
                    .queryParam("createdBefore", beyond)
                    .get("/api/users")
                    .then()
                    .statusCode(400)
                    .body("errors.field", contains("createdBefore"));
        }
    }

    @Test
    void deletedUsersAreOutUnlessAskedFor() {
        TestUser live = Given.customer().create();
        TestUser gone = Given.customer().deleted().create();
        TestUser admin = Given.adminOf(live, gone);

        as(admin)
                .get("/api/users")
                .then()
                .body(
                        "items.id",
                        containsInAnyOrder(live.id().toString(), admin.id().toString()));
        as(admin).get("/api/users?deleted=true").then().body("total", equalTo(3));
        as(admin)
                .get("/api/users?deleted=only")
                .then()
                .body("items.id", contains(gone.id().toString()));
    }

    @ParameterizedTest
    @CsvSource({
        "createdAt,asc",
        "createdAt,desc",
        "name,asc",
        "name,desc",
        "email,asc",
        "email,desc",
        "lastLoginAt,asc",
        "lastLoginAt,desc"
    })
    void cursorsWalkTheWholeListInEveryOrderWhileRowsAreInserted(String sort, String order) {
        TestUser admin = Given.admin().create();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            expected.add(Given.customer()
                    .with("name", i % 3 == 0 ? null : "Name " + (i / 2))
                    .with(
                            "last_login_at",
                            i % 2 == 0 ? null : OffsetDateTime.parse("2026-01-0" + (i % 3 + 1) + "T00:00:00.123456Z"))
                    .managedBy(admin)
                    .create()
                    .id()
                    .toString());
        }
        expected.add(admin.id().toString());
        String base = "/api/users?sort=" + sort + "&order=" + order + "&limit=3&deleted=true";
        String everyone = admin.email().substring(admin.email().indexOf('@'));
        for (String list : List.of(base, base + "&count=none&q=" + everyone, base + "&q=" + everyone)) {
            List<String> whole =
                    as(admin).get(list.replace("limit=3", "limit=100")).path("items.id");
            assertThat(whole).containsAll(expected);
            assertThat(walked(admin, list).stream().filter(expected::contains).toList())
                    .isEqualTo(whole.stream().filter(expected::contains).toList());
        }
    }

    /** What the pages of a list have, while somebody is created before each. */
    private List<String> walked(TestUser admin, String base) {
        List<String> walked = new ArrayList<>();
        Response page = as(admin).get(base + "&offset=0");
        while (true) {
            walked.addAll(page.path("items.id"));
            String cursor = page.path("nextCursor");
            if (cursor == null) {
                break;
            }
            Given.customer().named("Name 1").managedBy(admin).create();
            page = as(admin).get(base + "&cursor=" + cursor);
            page.then().statusCode(200);
        }

        assertThat(walked).doesNotHaveDuplicates();
        return walked;
    }

    @Test
    void offsetsAndCursorsGiveTheSamePages() {
        TestUser admin = Given.admin().create();
        for (int i = 0; i < 5; i++) {
            Given.customer().managedBy(admin).create();
        }
        List<String> whole = as(admin).get("/api/users").path("items.id");

        Response first = as(admin).get("/api/users?limit=2");
        first.then().body("nextCursor", notNullValue()).body("total", equalTo(6));
        List<String> byOffset = as(admin).get("/api/users?limit=2&offset=2").path("items.id");
        List<String> byCursor = as(admin)
                .get("/api/users?limit=2&cursor=" + first.path("nextCursor"))
                .path("items.id");

        assertThat(byOffset).isEqualTo(byCursor).isEqualTo(whole.subList(2, 4));
        as(admin)
                .get("/api/users?offset=6")
                .then()
                .body("items", empty())
                .body("total", equalTo(6))
                .body("offset", equalTo(6));
        as(admin)
                .get("/api/users?offset=4&limit=2")
                .then()
                .body("items", hasSize(2))
                .body("nextCursor", nullValue());
        as(admin).get("/api/users?count=none").then().body("total", nullValue()).body("items", hasSize(6));
        as(Given.superAdmin().create())
                .get("/api/users?count=estimate")
                .then()
                .body("totalIsEstimate", equalTo(true))
                .body("total", org.hamcrest.Matchers.greaterThanOrEqualTo(6));
    }

    /** The planner guesses from all users: its guess would tell of those that are out of scope. */
    @Test
    void anEstimateForAScopedAdminIsExact() {
        TestUser admin = Given.adminOf(Given.customer().create());

        as(admin)
                .get("/api/users?count=estimate&limit=1&userType=customer")
                .then()
                .body("totalIsEstimate", equalTo(false))
                .body("total", equalTo(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=-1",
                "limit=0",
                "limit=101",
                "limit=x",
                "offset=-1",
                "offset=9223372036854775808",
                "offset=2147483648",
                "sort=password",
                "order=up",
                "count=all",
                "deleted=maybe",
                "status=x",
                "userType=root",
                "createdAfter=yesterday",
                "unknown=1",
                "q=%00",
                "q=a&q=b"
            })
    void badParametersAreNamed(String query) {
        String field = query.substring(0, query.indexOf('='));

        as(Given.admin().create())
                .urlEncodingEnabled(false)
                .get("/api/users?" + query)
                .then()
                .statusCode(400)
                .body("code", equalTo("validation_failed"))
                .body("errors.field.unique()", contains(field));
    }

    @Test
    void allBadParametersAreNamedTogether() {
        as(Given.admin().create())
                .get("/api/users?limit=0&offset=-1&sort=x&bogus=1")
                .then()
                .statusCode(400)
                .body("errors.field", containsInAnyOrder("limit", "offset", "sort", "bogus"));
    }

    @Test
    void forgedAndForeignCursorsAreRefused() {
        TestUser admin = Given.adminOf(Given.customer().create());
        String byCreation = as(admin).get("/api/users?limit=1").path("nextCursor");
        List<String> forged = List.of(
                "x",
                "AAAA",
                "%F0%9F%92%A9",
                byCreation + "A",
                encode("[\"createdAt.desc\",\"not a time\",\"" + admin.id() + "\"]"),
                encode("[\"createdAt.desc\",\"+999999999-01-01T00:00:00Z\",\"" + admin.id() + "\"]"),
                encode("[\"createdAt.desc\",\"-infinity\",\"" + admin.id() + "\"]"),
                encode("[\"createdAt.desc\",\"2026-01-01T00:00:00Z\",\"nobody\"]"),
                encode("[\"createdAt.desc\",null,null]"),
                encode("{}"));

        for (String cursor : forged) {
            as(admin)
                    .urlEncodingEnabled(false)
                    .get("/api/users?cursor=" + cursor)
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("invalid_cursor"));
        }
        as(admin)
                .get("/api/users?sort=email&cursor=" + byCreation)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_cursor"));
        as(admin)
                .get("/api/users?offset=1&cursor=" + byCreation)
                .then()
                .statusCode(400)
                .body("errors.field", contains("offset"));
        String outOfScope = encode("[\"email.asc\",\"\",\"00000000-0000-0000-0000-000000000000\"]");
        as(admin)
                .get("/api/users?sort=email&order=asc&cursor=" + outOfScope)
                .then()
                .statusCode(200)
                .body("items", hasSize(2));
    }

    @Test
    void itemsAreTheViewsThatAdminsSee() {
        TestUser customer = Given.customer().with("notes", "n").create();
        TestUser admin = Given.adminOf(customer);
        Map<String, Object> single = as(admin).get(customer.path("")).jsonPath().getMap("$");

        assertThat(as(admin)
                        .queryParam("email", customer.email())
                        .get("/api/users")
                        .jsonPath()
                        .getMap("items[0]"))
                .isEqualTo(single);
    }

    private static String encode(String json) {
        return java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
