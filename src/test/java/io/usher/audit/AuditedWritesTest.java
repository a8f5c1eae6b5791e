package io.usher.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.Http;
import io.usher.testing.Mails;
import io.usher.testing.NoLimits;
import io.usher.testing.OpenApi;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every write that the contract names leaves its event, with who, whom and what; and none where nothing was written. */
@UsherTest
@TestProfile(NoLimits.class)
class AuditedWritesTest {
    private final TestUser root = Given.superAdmin().create();
    private final TestUser user = Given.customer().create();
    private final TestUser admin = Given.adminOf(user);

    @Test
    void everyOperationThatWritesIsAuditedOrSaysWhyNot() {
        Set<String> writes = OpenApi.served(RestAssured.baseURI + ":" + RestAssured.port).operations().stream()
                .filter(operation -> !operation.method().equals("GET"))
                .map(operation -> operation.method() + " " + operation.path())
                .collect(Collectors.toSet());
        Set<String> known = new HashSet<>(AuditedOperations.AUDITED);
        known.addAll(AuditedOperations.UNAUDITED.keySet());

        assertThat(known).as("operations that write, against AuditedOperations").isEqualTo(writes);
        assertThat(AuditedOperations.AUDITED).doesNotContainAnyElementsOf(AuditedOperations.UNAUDITED.keySet());
    }

    @Test
    void aUserIsCreatedChangedAndDeleted() {
        Http.Answer created = send(
                201, "POST", "/api/users", admin, Map.of("email", Given.email(), "name", "Ada", "status", "active"));
        UUID id = UUID.fromString(created.json().path("id").asText());
        String path = "/api/users/" + id;
        send(200, "PATCH", path, admin, Map.of("phone", "+49 1", "leadStatus", "lead"));
        send(200, "PATCH", path, admin, Map.of("phone", "+49 1", "leadStatus", "lead"));
        send(200, "PUT", path, admin, Map.of("status", "inactive"));
        send(200, "PUT", "/api/admin" + path.substring(4), admin, Map.of("notes", "x"));
        send(200, "POST", path + "/activate", admin, null);
        send(200, "POST", path + "/activate", admin, null);
        send(200, "POST", path + "/suspend", admin, null);
        send(200, "POST", path + "/deactivate", admin, null);
        send(204, "DELETE", path, admin, null);
        send(200, "POST", path + "/restore", admin, null);
        send(200, "POST", path + "/restore", admin, null);
        send(204, "DELETE", path + "?permanent=true", root, null);

        assertThat(events(id)).satisfies(all -> assertThat(all.get(0))
                .startsWith("user.create")
                .contains("{\"field\":\"status\",\"old\":\"pending\",\"new\":\"active\"}", "{\"field\":\"name\"}")
                .doesNotContain("Ada"));
        assertThat(events(id).subList(1, events(id).size()))
                .containsExactly(
                        "user.update [{\"field\":\"phone\"},{\"field\":\"leadStatus\",\"old\":null,\"new\":\"lead\"}]",
                        "user.status [{\"field\":\"status\",\"old\":\"active\",\"new\":\"inactive\"}]",
                        "user.update [{\"field\":\"notes\"}]",
                        "user.status [{\"field\":\"status\",\"old\":\"inactive\",\"new\":\"active\"}]",
                        "user.status [{\"field\":\"status\",\"old\":\"active\",\"new\":\"suspended\"}]",
                        "user.status [{\"field\":\"status\",\"old\":\"suspended\",\"new\":\"inactive\"}]",
                        "user.delete []",
                        "user.restore []",
                        "user.purge []");
    }

    @Test
    void theEventSaysWhoItWasFromWhereAndInWhichRequest() {
        Http.Answer answer = Http.call("POST", user.path("/suspend"))
                .as(admin)
                .header("User-Agent", "audit-test")
                .header("X-Request-Id", "audit-" + user.id())
                .send();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(Database.text(
                        "select concat_ws(' ', actor_type, e.actor_id, actor_key_id, request_id, ip_address, user_agent)"
                                + " from audit_events e join audit_origins o on o.id = e.origin_id where target_id = ?",
                        user.id()))
                .isEqualTo("user " + admin.id() + " audit-" + user.id() + " 127.0.0.1 audit-test");
    }

    @Test
    void aKeyIsNamedBesideItsOwner() {
        UUID id = UUID.randomUUID();
        String key = Given.apiKey(admin, id, "users:write");

        assertThat(Http.call("POST", user.path("/suspend")).withKey(key).send().status())
                .isEqualTo(200);

        assertThat(actors(user.id())).containsExactly("key " + admin.id() + " " + id);
    }

    @Test
    void rolesAndRights() {
        String role = "role-" + Given.unique();
        send(201, "POST", "/api/admin/roles", root, Map.of("name", role));
        send(409, "POST", "/api/admin/roles", root, Map.of("name", role));
        send(200, "PATCH", user.path(""), root, Map.of("roles", List.of(role)));
        send(409, "DELETE", "/api/admin/roles/" + role, root, null);
        send(200, "PATCH", user.path(""), root, Map.of("roles", List.of(), "userType", "admin", "superAdmin", true));
        send(204, "DELETE", "/api/admin/roles/" + role, root, null);

        assertThat(events(user.id()))
                .containsExactly(
                        "user.update [{\"field\":\"roles\",\"old\":[],\"new\":[\"" + role + "\"]}]",
                        "user.update [{\"field\":\"userType\",\"old\":\"customer\",\"new\":\"admin\"},"
                                + "{\"field\":\"superAdmin\",\"old\":false,\"new\":true},{\"field\":\"roles\",\"old\":[\""
                                + role + "\"],\"new\":[]}]");
        assertThat(column("select action from audit_events where subject = ? and target_id is null order by id", role))
                .containsExactly("role.create", "role.delete");
    }

    @Test
    void sharing() {
        TestUser other = Given.admin().create();
        String path = "/api/admin/users/" + user.id() + "/admins/" + other.id();
        send(204, "PUT", path, admin, null);
        send(204, "PUT", path, admin, null);
        send(204, "DELETE", path, admin, null);
        send(403, "DELETE", "/api/admin/users/" + user.id() + "/admins/" + admin.id(), admin, null);

        assertThat(events(user.id())).containsExactly("user.link []", "user.unlink []");
        assertThat(column("select subject from audit_events where target_id = ?", user.id()))
                .containsOnly(other.id().toString());
    }

    @Test
    void invitations() {
        String email = Given.email();
        Http.Answer answer = send(
                200,
                "POST",
                "/api/admin/users/bulk-create",
                root,
                Map.of(
                        "emails",
                        List.of(email, user.email()),
                        "defaultQuotas",
                        Map.of("image", Map.of("type", "daily", "limit", 7))));
        UUID id = UUID.fromString(answer.json().at("/created/0/id").asText());
        Http.Answer invitation = send(200, "POST", "/api/admin/users/" + id + "/reset-password", root, Map.of());
        String token = invitation.json().path("setupToken").asText();
        anonymously(
                200,
                "/api/auth/set-password",
                Map.of("email", email, "setupToken", token, "password", "First-Horse-7"));

        assertThat(events(id))
                .containsExactly(
                        "user.create []",
                        "quota.set [{\"field\":\"type\",\"old\":null,\"new\":\"daily\"},{\"field\":\"limit\",\"old\":null,\"new\":7}]",
                        "user.password-reset []",
                        "user.password [{\"field\":\"method\",\"old\":null,\"new\":\"setup\"},"
                                + "{\"field\":\"status\",\"old\":\"pending\",\"new\":\"active\"}]");
        assertThat(actors(id).get(3)).isEqualTo("user " + id);
        assertThat(events(user.id())).containsExactly("user.link []");
    }

    @Test
    void registrationsAndPasswords() {
        String email = Given.email();
        anonymously(202, "/api/auth/register", Map.of("email", email, "password", Given.PASSWORD));
        anonymously(202, "/api/auth/register", Map.of("email", user.email(), "password", Given.PASSWORD));
        UUID id = UUID.fromString(String.valueOf(Database.text("select id from users where email = ?", email)));
        String code = Mails.first(email).code();
        anonymously(200, "/api/auth/verify-email", Map.of("email", email, "code", code));
        TestUser registered = new TestUser(id, email, "");
        Map<String, String> change = Map.of("currentPassword", Given.PASSWORD, "newPassword", "Second-Horse-8");
        send(204, "POST", "/api/auth/change-password", registered, change);
        Map<String, String> again = Map.of("currentPassword", "Second-Horse-8", "newPassword", "Third-Horse-9");
        send(204, "POST", registered.path("/password"), registered, again);
        anonymously(202, "/api/auth/forgot-password", Map.of("email", email));
        String token = Mails.await(email, 4).stream()
                .map(Mails.Mail::text)
                .filter(text -> text.contains("token="))
                .findFirst()
                .map(text -> text.replaceAll("(?s).*[?&]token=([A-Za-z0-9_-]+).*", "$1"))
                .orElseThrow();
        anonymously(204, "/api/auth/reset-password", Map.of("token", token, "newPassword", "Fourth-Horse-1"));

        assertThat(events(id))
                .containsExactly(
                        "user.register []",
                        "user.verify [{\"field\":\"emailVerified\",\"old\":false,\"new\":true},"
                                + "{\"field\":\"status\",\"old\":\"pending\",\"new\":\"active\"}]",
                        "user.password [{\"field\":\"method\",\"old\":null,\"new\":\"change\"}]",
                        "user.password [{\"field\":\"method\",\"old\":null,\"new\":\"change\"}]",
                        "user.password [{\"field\":\"method\",\"old\":null,\"new\":\"reset\"}]");
        assertThat(actors(id)).containsOnly("user " + id);
        assertThat(events(user.id())).isEmpty();
    }

    @Test
    void quotas() {
        String path = "/api/admin/quotas/" + user.id();
        Map<String, ?> setting = Map.of("image", Map.of("type", "daily", "limit", 3));
        send(200, "PUT", path, admin, setting);
        send(200, "PUT", path, admin, setting);
        send(200, "PUT", path, admin, Map.of("image", Map.of("type", "weekly", "limit", 3)));
        send(200, "POST", path + "/consume", admin, Map.of("resource", "image", "amount", 2));
        send(429, "POST", path + "/consume", admin, Map.of("resource", "image", "amount", 2));
        send(200, "POST", "/api/quotas/image/consume", user, Map.of());
        send(200, "POST", path + "/reset", admin, Map.of("resource", "image"));

        assertThat(events(user.id()))
                .containsExactly(
                        "quota.set [{\"field\":\"type\",\"old\":null,\"new\":\"daily\"},{\"field\":\"limit\",\"old\":null,\"new\":3}]",
                        "quota.set [{\"field\":\"type\",\"old\":\"daily\",\"new\":\"weekly\"}]",
                        "quota.consume [{\"field\":\"amount\",\"old\":null,\"new\":2}]",
                        "quota.reset [{\"field\":\"used\",\"old\":3,\"new\":0}]");
        assertThat(column("select subject from audit_events where target_id = ?", user.id()))
                .containsOnly("image");
    }

    @Test
    void credits() {
        Map<String, ?> grant = Map.of("amount", 10, "reason", "gift");
        send(201, "POST", user.path("/credits/transactions"), admin, grant);
        send(201, "POST", user.path("/credits/spend"), user, Map.of("amount", 4, "reason", "print"));
        send(402, "POST", user.path("/credits/spend"), user, Map.of("amount", 7, "reason", "print"));
        for (int sent = 0; sent < 2; sent++) {
            Http.Answer once = Http.call("POST", user.path("/credits/spend"))
                    .as(user)
                    .header("Idempotency-Key", "audit")
                    .json(Map.of("amount", 1, "reason", "print"))
                    .send();
            assertThat(once.status()).isEqualTo(201);
        }

        assertThat(events(user.id()))
                .containsExactly(
                        "credits.grant [{\"field\":\"amount\",\"old\":null,\"new\":10},{\"field\":\"balance\",\"old\":0,\"new\":10}]",
                        "credits.spend [{\"field\":\"amount\",\"old\":null,\"new\":-4},{\"field\":\"balance\",\"old\":10,\"new\":6}]",
                        "credits.spend [{\"field\":\"amount\",\"old\":null,\"new\":-1},{\"field\":\"balance\",\"old\":6,\"new\":5}]");
        assertThat(column("select subject from audit_events where target_id = ? order by id", user.id()))
                .isEqualTo(column("select id from credit_transactions where user_id = ? order by seq", user.id()));
    }

    @Test
    void keys() {
        Http.Answer created =
                send(201, "POST", "/api/api-keys", user, Map.of("name", "Nightly", "scopes", List.of("users:read")));
        String id = created.json().path("id").asText();
        String key = created.json().path("key").asText();
        String path = "/api/api-keys/" + id;
        send(200, "PATCH", path, user, Map.of("name", "Daily", "scopes", List.of("*")));
        send(200, "PATCH", path, user, Map.of("name", "Daily"));
        send(200, "POST", path + "/rotate", user, Map.of("gracePeriodSeconds", 60));
        send(204, "DELETE", path, user, null);
        send(404, "DELETE", path, user, null);
        send(201, "POST", "/api/api-keys", user, Map.of("name", "Second"));
        String third = send(201, "POST", "/api/api-keys", user, Map.of("name", "Third"))
                .json()
                .path("id")
                .asText();
        send(204, "DELETE", "/api/admin/users/" + user.id() + "/api-keys/" + third, admin, null);
        send(204, "DELETE", "/api/admin/users/" + user.id() + "/api-keys", admin, null);
        send(204, "DELETE", "/api/admin/users/" + user.id() + "/api-keys", admin, null);

        assertThat(column("select action || ' ' || changes from audit_events where subject = ? order by id", id))
                .containsExactly(
                        "key.create [{\"field\":\"scopes\",\"old\":null,\"new\":[\"users:read\"]}]",
                        "key.update [{\"field\":\"name\"},{\"field\":\"scopes\",\"old\":[\"users:read\"],\"new\":[\"*\"]}]",
                        "key.rotate [{\"field\":\"gracePeriodSeconds\",\"old\":null,\"new\":60}]",
                        "key.revoke []");
        assertThat(column("select action from audit_events where target_id = ? order by id", user.id()))
                .endsWith("key.create", "key.create", "key.revoke", "key.revoke");
        assertThat(String.join("\n", events(user.id()))).doesNotContain(key, "Nightly", "Daily");
    }

    @Test
    void sessionsThatAnAdminEnds() {
        Actors.login(user);
        String path = "/api/admin/users/" + user.id() + "/sessions";
        send(204, "DELETE", path, admin, null);
        send(204, "DELETE", path, admin, null);

        assertThat(events(user.id())).containsExactly("sessions.end [{\"field\":\"sessions\",\"old\":null,\"new\":1}]");
    }

    @Test
    void usersOfV1() {
        String email = Given.email();
        Map<String, ?> file = Map.of("users", List.of(Map.of("email", email, "passwordHash", Given.PASSWORD_HASH)));
        send(200, "POST", "/api/admin/migrations/v1", root, file);
        send(200, "POST", "/api/admin/migrations/v1", root, file);
        UUID id = UUID.fromString(String.valueOf(Database.text("select id from users where email = ?", email)));

        assertThat(events(id)).containsExactly("user.migrate []");
        assertThat(actors(id)).containsExactly("user " + root.id());
    }

    @Test
    void usersOfFiles() {
        String email = Given.email();
        send(200, "POST", "/api/admin/users/import?format=ndjson", root, Map.of("email", email));
        send(200, "POST", "/api/admin/users/import?format=ndjson", root, Map.of("email", email));
        UUID id = UUID.fromString(String.valueOf(Database.text("select id from users where email = ?", email)));

        assertThat(events(id)).containsExactly("user.import []");
        assertThat(actors(id)).containsExactly("user " + root.id());
    }

    @Test
    void whatIsNoWriteOrNotOnesBusinessLeavesNoEvent() {
        TestUser stranger = Given.admin().create();
        send(404, "POST", user.path("/suspend"), stranger, null);
        send(403, "PATCH", user.path(""), user, Map.of("status", "active"));
        send(409, "PATCH", user.path(""), admin, Map.of("username", stranger.username()));
        send(200, "PATCH", user.path(""), admin, Map.of());

        assertThat(events(user.id())).isEmpty();
    }

    private static Http.Answer send(int status, String method, String path, TestUser actor, @Nullable Object body) {
        Http.Call call = Http.call(method, path).as(actor);
        Http.Answer answer = (body == null ? call : call.json(body)).send();
        assertThat(answer.status()).as("%s %s: %s", method, path, answer.body()).isEqualTo(status);
        return answer;
    }

    private static void anonymously(int status, String path, Object body) {
        Http.Answer answer = Http.call("POST", path).json(body).send();
        assertThat(answer.status()).as("%s: %s", path, answer.body()).isEqualTo(status);
    }

    /** Action and changes of what was done to a user, in order. */
    private static List<String> events(UUID target) {
        return column(
                "select action || ' ' || changes from audit_events where target_id = ? order by created_at, id",
                target);
    }

    private static List<String> actors(UUID target) {
        return column(
                "select concat_ws(' ', actor_type, actor_id, actor_key_id) from audit_events where target_id = ? order by created_at, id",
                target);
    }

    private static List<String> column(String sql, Object parameter) {
        return Database.column(sql, parameter).stream().map(String::valueOf).toList();
    }
}
