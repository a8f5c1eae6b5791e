package io.usher.access;

import static io.usher.access.Row.of;

import io.usher.testing.Actors;
import io.usher.testing.Given;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Who may do what, operation by operation: what the contract says, as a table that the running application is held against. */
final class AccessTable {
    private static final String NEW_PASSWORD = "Another-Horse-8";

    private AccessTable() {}

    static List<Row> rows() {
        return Stream.of(
                        entryPoints(),
                        ownAccount(),
                        apiKeys(),
                        users(),
                        administration(),
                        MeteringTable.rows(),
                        ActivityTable.rows(),
                        MigrationTable.rows(),
                        TransferTable.rows(),
                        AuditTable.rows(),
                        PreferenceTable.rows(),
                        StatsTable.rows(),
                        FieldworkTable.rows(),
                        PrivacyTable.rows())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Row> entryPoints() {
        return List.of(
                of("POST /api/auth/register", Rights.PUBLIC)
                        .body(s -> Map.of("email", Given.email(), "password", Given.PASSWORD)),
                of("POST /api/auth/verify-email", Rights.PUBLIC)
                        .body(s -> Map.of("email", Given.email(), "code", "123456")),
                of("POST /api/auth/resend-verification", Rights.PUBLIC).body(s -> Map.of("email", Given.email())),
                of("POST /api/auth/login", Rights.PUBLIC)
                        .body(s -> Map.of("username", s.target().email(), "password", Given.PASSWORD)),
                of("POST /api/auth/set-password", Rights.PUBLIC)
                        .body(s ->
                                Map.of("email", Given.email(), "setupToken", "x".repeat(43), "password", NEW_PASSWORD)),
                of("POST /api/auth/refresh", Rights.PUBLIC)
                        .body(s ->
                                Map.of("refreshToken", Actors.login(s.target()).refreshToken())),
                of("POST /api/auth/forgot-password", Rights.PUBLIC)
                        .body(s -> Map.of("email", s.target().email())),
                of("POST /api/auth/reset-password", Rights.PUBLIC)
                        .body(s -> Map.of("token", "x".repeat(43), "newPassword", NEW_PASSWORD)),
                of("GET /.well-known/jwks.json", Rights.PUBLIC),
                of("GET /api/.well-known/jwks.json", Rights.PUBLIC),
                of("GET /problems/{code}", Rights.PUBLIC).arrange(s -> s.with("code", "not_found")));
    }

    private static List<Row> ownAccount() {
        return List.of(
                of("GET /api/auth/me", Rights.SIGNED_IN),
                of("POST /api/auth/logout", Rights.SIGNED_IN),
                of("POST /api/auth/logout-all", Rights.SIGNED_IN),
                of("POST /api/auth/change-password", Rights.SIGNED_IN).body(AccessTable::passwords),
                of("GET /api/auth/sessions", Rights.SIGNED_IN),
                of("DELETE /api/auth/sessions", Rights.SIGNED_IN),
                of("DELETE /api/auth/sessions/{id}", Rights.SIGNED_IN)
                        .arrange(s -> s.with("id", s.sessionOf(s.callerOrTarget()))),
                of("POST /api/auth/introspect", Rights.ADMINS)
                        .keys(Rights.SIGNED_IN)
                        .form(s -> Map.of("token", Actors.token(s.target()))));
    }

    private static List<Row> apiKeys() {
        Consumer<Scene> own = s -> s.withKeyOf(s.callerOrTarget(), "id");
        Consumer<Scene> theirs = s -> s.withKeyOf(s.target(), "keyId");
        return List.of(
                of("GET /api/api-keys", Rights.SIGNED_IN),
                of("POST /api/api-keys", Rights.SIGNED_IN)
                        .body(s -> Map.of(
                                "name",
                                "Export",
                                "scopes",
                                List.of("users:read"),
                                "expiresAt",
                                "2999-01-01T00:00:00Z")),
                of("GET /api/api-keys/{id}", Rights.SIGNED_IN).arrange(own),
                of("PATCH /api/api-keys/{id}", Rights.SIGNED_IN).arrange(own).body(s -> Map.of("active", false)),
                of("DELETE /api/api-keys/{id}", Rights.SIGNED_IN).arrange(own),
                of("POST /api/api-keys/{id}/rotate", Rights.SIGNED_IN)
                        .arrange(own)
                        .body(s -> Map.of("gracePeriodSeconds", 60)),
                of("GET /api/admin/users/{userId}/api-keys", Rights.ADMINS_ON_USER),
                of("DELETE /api/admin/users/{userId}/api-keys", Rights.ADMINS_ON_USER),
                of("GET /api/admin/users/{userId}/api-keys/{keyId}", Rights.ADMINS_ON_USER)
                        .arrange(theirs),
                of("DELETE /api/admin/users/{userId}/api-keys/{keyId}", Rights.ADMINS_ON_USER)
                        .arrange(theirs));
    }

    private static List<Row> users() {
        return List.of(
                of("GET /api/users", Rights.ADMINS),
                of("POST /api/users", Rights.ADMINS).body(s -> Map.of("email", Given.email())),
                of("POST /api/users", Rights.SUPER_ADMINS)
                        .named("an admin")
                        .keys(Rights.NOBODY)
                        .body(s -> Map.of("email", Given.email(), "userType", "admin")),
                of("GET /api/users/{userId}", Rights.SELF_AND_ADMINS),
                of("PATCH /api/users/{userId}", Rights.SELF_AND_ADMINS).body(s -> Map.of("name", "Ann")),
                of("PATCH /api/users/{userId}", Rights.ADMINS_ON_USER)
                        .named("leadStatus")
                        .body(s -> Map.of("leadStatus", "lead")),
                of("PATCH /api/users/{userId}", Rights.SUPER_ADMINS_ON_USER)
                        .named("userType")
                        .keys(Rights.NOBODY_ON_USER)
                        .body(s -> Map.of("userType", "admin")),
                of("PUT /api/users/{userId}", Rights.SELF_AND_ADMINS).body(s -> Map.of("city", "Ghent")),
                of("POST /api/users/{userId}/password", Rights.SELF_ONLY).body(AccessTable::passwords),
                of("DELETE /api/users/{userId}", Rights.SELF_AND_ADMINS),
                of("DELETE /api/users/{userId}", Rights.SUPER_ADMINS).query("?permanent=true"),
                of("POST /api/users/{userId}/activate", Rights.ADMINS_ON_USER),
                of("POST /api/users/{userId}/deactivate", Rights.ADMINS_ON_USER),
                of("POST /api/users/{userId}/suspend", Rights.ADMINS_ON_USER),
                of("POST /api/users/{userId}/restore", Rights.ADMINS_ON_USER));
    }

    private static List<Row> administration() {
        return List.of(
                of("GET /api/admin/roles", Rights.SUPER_ADMINS),
                of("POST /api/admin/roles", Rights.SUPER_ADMINS).body(s -> Map.of("name", "role-" + Given.unique())),
                of("DELETE /api/admin/roles/{name}", Rights.SUPER_ADMINS)
                        .arrange(s -> s.with("name", Given.customRole())),
                of("GET /api/admin/users", Rights.ADMINS),
                of("POST /api/admin/users/bulk-create", Rights.ADMINS)
                        .body(s -> Map.of("emails", List.of(Given.email()))),
                of("GET /api/admin/users/{userId}", Rights.ADMINS_ON_USER),
                of("PUT /api/admin/users/{userId}", Rights.ADMINS_ON_USER)
                        .body(s -> Map.of("notes", "Called on Monday")),
                of("POST /api/admin/users/{userId}/reset-password", Rights.ADMINS_ON_USER),
                of("GET /api/admin/users/{userId}/sessions", Rights.ADMINS_ON_USER),
                of("DELETE /api/admin/users/{userId}/sessions", Rights.ADMINS_ON_USER),
                of("GET /api/admin/users/{userId}/admins", Rights.ADMINS_ON_USER),
                of("PUT /api/admin/users/{userId}/admins/{adminId}", Rights.ADMINS_ON_USER)
                        .arrange(s -> s.with("adminId", Given.admin().create().id())),
                of("DELETE /api/admin/users/{userId}/admins/{adminId}", Rights.ADMINS_ON_USER)
                        .arrange(Scene::anotherAdmin));
    }

    private static Map<String, ?> passwords(Scene scene) {
        return Map.of("currentPassword", Given.PASSWORD, "newPassword", NEW_PASSWORD);
    }
}
