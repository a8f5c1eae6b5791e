package io.usher.security;

import static io.usher.security.KeyScope.ACTIVITIES_READ;
import static io.usher.security.KeyScope.ACTIVITIES_WRITE;
import static io.usher.security.KeyScope.ADMIN_READ;
import static io.usher.security.KeyScope.ADMIN_WRITE;
import static io.usher.security.KeyScope.CREDITS_READ;
import static io.usher.security.KeyScope.CREDITS_WRITE;
import static io.usher.security.KeyScope.FIELDWORK_READ;
import static io.usher.security.KeyScope.FIELDWORK_WRITE;
import static io.usher.security.KeyScope.GENERATIONS_READ;
import static io.usher.security.KeyScope.GENERATIONS_WRITE;
import static io.usher.security.KeyScope.PREFERENCES_READ;
import static io.usher.security.KeyScope.PREFERENCES_WRITE;
import static io.usher.security.KeyScope.QUOTAS_READ;
import static io.usher.security.KeyScope.QUOTAS_WRITE;
import static io.usher.security.KeyScope.TOKENS_INTROSPECT;
import static io.usher.security.KeyScope.USERS_READ;
import static io.usher.security.KeyScope.USERS_WRITE;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which scope an API key needs for which operation: the one table that requests are held against, the OpenAPI document is completed from
 * and the access matrix is tested with. A new operation is entered here, or its tests fail, and no key may call it.
 */
final class OperationScopes {
    /**
     * What an operation asks of a key.
     *
     * @param scope the scope that the key needs; null where no scope helps
     * @param open whether no credential is asked for at all
     */
    record Rule(@Nullable KeyScope scope, boolean open) {}

    private static final Rule OPEN = new Rule(null, true);
    private static final Rule NEVER = new Rule(null, false);
    private static final Map<String, Rule> RULES = new HashMap<>();

    static {
        open();
        never();
        account();
        administration();
        metering();
        records();
        fieldWork();
    }

    private OperationScopes() {}

    /** The rule of an operation, null where it has none. @param operation such as {@code GET /api/users/{userId}} */
    static @Nullable Rule find(String operation) {
        return RULES.get(operation);
    }

    /** What needs no credential. */
    private static void open() {
        enter(OPEN, "/api/auth", "POST /register", "POST /verify-email", "POST /resend-verification", "POST /login");
        enter(OPEN, "/api/auth", "POST /set-password", "POST /refresh", "POST /forgot-password");
        enter(OPEN, "/api/auth", "POST /reset-password");
        enter(OPEN, "", "GET /.well-known/jwks.json", "GET /api/.well-known/jwks.json", "GET /problems/{code}");
    }

    /** Keys, passwords and sessions: a leaked key must not become an account, or outlive its revocation. */
    private static void never() {
        enter(NEVER, "/api/auth", "POST /logout", "POST /logout-all", "POST /change-password");
        enter(NEVER, "/api/auth/sessions", "GET ", "DELETE ", "DELETE /{id}");
        enter(NEVER, "/api/users/{userId}", "POST /password", "POST /anonymize", "GET /export");
        enter(NEVER, "/api/api-keys", "GET ", "POST ", "GET /{id}", "PATCH /{id}", "DELETE /{id}", "POST /{id}/rotate");
        enter(NEVER, "/api/admin/users/{userId}", "POST /reset-password", "GET /sessions", "DELETE /sessions");
        enter(NEVER, "/api/admin/users/{userId}/api-keys", "GET ", "DELETE ", "GET /{keyId}", "DELETE /{keyId}");
    }

    private static void account() {
        enter(USERS_READ, "/api/auth", "GET /me");
        enter(TOKENS_INTROSPECT, "/api/auth", "POST /introspect");
        enter(USERS_READ, "/api/users", "GET ", "GET /{userId}");
        enter(USERS_WRITE, "/api/users", "POST ");
        enter(USERS_WRITE, "/api/users/{userId}", "PATCH ", "PUT ", "DELETE ", "POST /activate", "POST /deactivate");
        enter(USERS_WRITE, "/api/users/{userId}", "POST /suspend", "POST /restore");
    }

    private static void administration() {
        enter(ADMIN_READ, "/api/admin/roles", "GET ");
        enter(ADMIN_WRITE, "/api/admin/roles", "POST ", "DELETE /{name}");
        enter(ADMIN_READ, "/api/admin/users", "GET ", "GET /{userId}", "GET /{userId}/admins");
        enter(ADMIN_READ, "/api/admin/users", "GET /{userId}/generations");
        enter(ADMIN_WRITE, "/api/admin/users", "POST /bulk-create", "POST /bulk-update", "PUT /{userId}");
        enter(ADMIN_WRITE, "/api/admin/users/{userId}/admins/{adminId}", "PUT ", "DELETE ");
        enter(ADMIN_WRITE, "/api/admin/migrations", "POST /v1");
        enter(ADMIN_READ, "/api/admin/users", "GET /export");
        enter(ADMIN_WRITE, "/api/admin/users", "POST /import");
        enter(ADMIN_READ, "/api/admin/jobs/{id}", "GET ", "GET /events");
        enter(ADMIN_READ, "/api/admin/audit", "GET ", "GET /verify");
        enter(ADMIN_READ, "/api/admin/stats", "GET ", "GET /stream", "GET /signups");
    }

    private static void metering() {
        enter(QUOTAS_READ, "/api", "GET /quotas/me", "GET /admin/quotas/me/status");
        enter(QUOTAS_WRITE, "/api", "POST /quotas/{resource}/consume", "POST /admin/quotas/{userId}/consume");
        enter(ADMIN_READ, "/api/admin/quotas/{userId}", "GET ");
        enter(ADMIN_WRITE, "/api/admin/quotas/{userId}", "PUT ", "POST /reset");
        enter(GENERATIONS_READ, "/api/generations", "GET ", "GET /{id}");
        enter(GENERATIONS_WRITE, "/api/generations", "POST ", "PATCH /{id}");
        enter(CREDITS_READ, "/api/users/{userId}/credits", "GET ", "GET /transactions");
        enter(CREDITS_WRITE, "/api/users/{userId}/credits", "POST /transactions", "POST /spend");
    }

    private static void records() {
        enter(ACTIVITIES_READ, "/api/users/{userId}/activities", "GET ");
        enter(ACTIVITIES_WRITE, "/api/activities", "POST ");
        enter(ADMIN_READ, "/api/admin/activities", "GET /summary");
        enter(
                PREFERENCES_READ,
                "/api/users/{userId}",
                "GET /preferences",
                "GET /preferences/{category}",
                "GET /provers");
        enter(PREFERENCES_WRITE, "/api/users/{userId}/preferences/{category}", "PUT ", "DELETE ");
        enter(PREFERENCES_WRITE, "/api/users/{userId}/provers/{proverId}", "PUT ", "DELETE ");
    }

    private static void fieldWork() {
        enter(FIELDWORK_READ, "/api/users/{userId}/dispensers", "GET ", "GET /{workOrderId}");
        enter(FIELDWORK_WRITE, "/api/users/{userId}/dispensers/{workOrderId}", "PUT ", "DELETE ");
        enter(FIELDWORK_READ, "/api/users/{userId}/scraped-content", "GET ");
        enter(FIELDWORK_WRITE, "/api/users/{userId}/scraped-content", "POST ");
        enter(FIELDWORK_READ, "/api/active-user", "GET ");
        enter(FIELDWORK_WRITE, "/api/active-user", "PUT ", "DELETE ");
    }

    private static void enter(KeyScope scope, String base, String... operations) {
        enter(new Rule(scope, false), base, operations);
    }

    private static void enter(Rule rule, String base, String... operations) {
        for (String operation : operations) {
            int space = operation.indexOf(' ');
            String path = operation.substring(space + 1);
            if (RULES.put(operation.substring(0, space) + " " + base + path, rule) != null) {
                throw new IllegalStateException("Entered twice: " + operation + " below " + base);
            }
        }
    }
}
