package io.usher.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.TestProfile;
import io.usher.testing.Given;
import io.usher.testing.Http;
import io.usher.testing.NoLimits;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.util.List;
import org.junit.jupiter.api.Test;

@UsherTest
@TestProfile(NoLimits.class)
class UserExportTest {
    private static final String EXPORT = "/api/admin/users/export";
    private static final String HEADER =
            "id,email,is_active,is_deleted,created_at,updated_at,last_login_at,username,name,friendly_name,notification_email,"
                    + "user_type,super_admin,roles,status,email_verified,phone,address,city,state,zip_code,country,business_site,"
                    + "additional_websites,business_type,lead_status,notes,last_used_at,deleted_at";

    private final TestUser user =
            Given.customer().named("=1+1").with("phone", "+1 555").create();
    private final TestUser stranger = Given.customer().create();
    private final TestUser admin = Given.adminOf(user);

    @Test
    void aCsvFileHasTheUsersInScopeAndNoOthers() {
        Http.Answer answer = Http.call("GET", EXPORT).as(admin).send();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/csv");
        assertThat(answer.header("Content-Disposition")).isEqualTo("attachment; filename=\"users.csv\"");
        List<String> lines = answer.body().lines().toList();
        assertThat(lines.get(0)).isEqualTo(HEADER);
        assertThat(answer.body()).contains("\r\n").contains(user.email()).doesNotContain(stranger.email());
        assertThat(lines).hasSize(3); // the user, and the admin itself
    }

    @Test
    void formulasAreMadeSafe() {
        String line = Http.call("GET", EXPORT + "?email=" + user.email())
                .as(admin)
                .send()
                .body()
                .lines()
                .toList()
                .get(1);

        assertThat(line)
                .startsWith(user.id() + "," + user.email() + ",true,false,")
                .contains(",'=1+1,", ",'+1 555,");
    }

    @Test
    void jsonIsAnArrayOfObjects() {
        Http.Answer answer = Http.call("GET", EXPORT + "?format=json&q=" + user.email())
                .as(admin)
                .send();

        assertThat(answer.header("Content-Type")).startsWith("application/json");
        JsonNode users = answer.json();
        assertThat(users).hasSize(1);
        assertThat(users.get(0).path("name").asText()).isEqualTo("=1+1");
        assertThat(users.get(0).has("passwordHash")).isFalse();
        assertThat(users.get(0).path("isActive").asBoolean()).isTrue();
    }

    @Test
    void ndjsonHasAnObjectInEachLine() {
        Http.Answer answer =
                Http.call("GET", EXPORT + "?format=ndjson").as(admin).send();

        assertThat(answer.header("Content-Type")).startsWith("application/x-ndjson");
        assertThat(answer.body().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"id\":"));
    }

    @Test
    void nobodyIsAFileToo() {
        String nobody = EXPORT + "?q=nobody-" + Given.unique();

        assertThat(Http.call("GET", nobody).as(admin).send().body()).isEqualTo(HEADER + "\r\n");
        assertThat(Http.call("GET", nobody + "&format=json").as(admin).send().json())
                .isEmpty();
    }

    @Test
    void hashesAreForSuperAdminsInASession() {
        TestUser superAdmin = Given.superAdmin().create();
        String path = EXPORT + "?format=json&includePasswordHash=true&email=" + user.email();

        assertThat(Http.call("GET", path)
                        .as(superAdmin)
                        .send()
                        .json()
                        .get(0)
                        .path("passwordHash")
                        .asText())
                .isEqualTo(Given.PASSWORD_HASH);
        assertThat(Http.call("GET", path).as(admin).send().status()).isEqualTo(403);
        assertThat(Http.call("GET", path)
                        .withKey(Given.apiKey(superAdmin, "*"))
                        .send()
                        .status())
                .isEqualTo(403);
    }
}
