package io.usher.audit;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which operations that write leave an audit event, and why the others leave none. */
final class AuditedOperations {
    private static final String SESSION = "opens or ends the caller's own session: user_activities has it";
    private static final String CONTENT = "no user, role, quota, key or balance: what a user keeps in the service";
    private static final String LEDGER = "the hot path: one statement, whose record is the user's own ledger or count";
    private static final String NOTHING = "changes nothing that lasts";

    /** They do; {@link AuditedWritesTest} goes through them. */
    static final Set<String> AUDITED = Set.of(
            "POST /api/auth/register",
            "POST /api/auth/verify-email",
            "POST /api/auth/set-password",
            "POST /api/auth/change-password",
            "POST /api/auth/reset-password",
            "POST /api/users",
            "PATCH /api/users/{userId}",
            "PUT /api/users/{userId}",
            "DELETE /api/users/{userId}",
            "POST /api/users/{userId}/password",
            "POST /api/users/{userId}/activate",
            "POST /api/users/{userId}/deactivate",
            "POST /api/users/{userId}/suspend",
            "POST /api/users/{userId}/restore",
            "POST /api/users/{userId}/credits/transactions",
            "POST /api/users/{userId}/credits/spend",
            "POST /api/admin/roles",
            "DELETE /api/admin/roles/{name}",
            "POST /api/users/{userId}/anonymize",
            "POST /api/admin/users/bulk-create",
            "POST /api/admin/users/bulk-update",
            "PUT /api/admin/users/{userId}",
            "POST /api/admin/users/{userId}/reset-password",
            "DELETE /api/admin/users/{userId}/sessions",
            "DELETE /api/admin/users/{userId}/api-keys",
            "DELETE /api/admin/users/{userId}/api-keys/{keyId}",
            "PUT /api/admin/users/{userId}/admins/{adminId}",
            "DELETE /api/admin/users/{userId}/admins/{adminId}",
            "PUT /api/admin/quotas/{userId}",
            "POST /api/admin/quotas/{userId}/reset",
            "POST /api/admin/quotas/{userId}/consume",
            "POST /api/admin/migrations/v1",
            "POST /api/admin/users/import",
            "POST /api/api-keys",
            "PATCH /api/api-keys/{id}",
            "DELETE /api/api-keys/{id}",
            "POST /api/api-keys/{id}/rotate");

    /** They do not, for this reason. */
    static final Map<String, String> UNAUDITED = new TreeMap<>();

    static {
        unaudited(
                SESSION,
                "POST /api/auth/login",
                "POST /api/auth/refresh",
                "POST /api/auth/logout",
                "POST /api/auth/logout-all",
                "DELETE /api/auth/sessions",
                "DELETE /api/auth/sessions/{id}");
        unaudited(
                NOTHING,
                "POST /api/auth/resend-verification",
                "POST /api/auth/forgot-password",
                "POST /api/auth/introspect");
        unaudited(
                LEDGER, "POST /api/quotas/{resource}/consume", "POST /api/generations", "PATCH /api/generations/{id}");
        unaudited(
                CONTENT,
                "POST /api/activities",
                "PUT /api/users/{userId}/preferences/{category}",
                "DELETE /api/users/{userId}/preferences/{category}",
                "PUT /api/users/{userId}/provers/{proverId}",
                "DELETE /api/users/{userId}/provers/{proverId}",
                "PUT /api/users/{userId}/dispensers/{workOrderId}",
                "DELETE /api/users/{userId}/dispensers/{workOrderId}",
                "POST /api/users/{userId}/scraped-content",
                "PUT /api/active-user",
                "DELETE /api/active-user");
    }

    private AuditedOperations() {}

    private static void unaudited(String reason, String... operations) {
        for (String operation : operations) {
            UNAUDITED.put(operation, reason);
        }
    }
}
