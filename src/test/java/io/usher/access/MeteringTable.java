package io.usher.access;

import static io.usher.access.Row.of;

import io.usher.testing.Database;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Who may do what with quotas, generations and credits. */
final class MeteringTable {
    private MeteringTable() {}

    static List<Row> rows() {
        return List.of(
                of("GET /api/quotas/me", Rights.SIGNED_IN),
                of("POST /api/quotas/{resource}/consume", Rights.SIGNED_IN)
                        .arrange(s -> s.with("resource", "image"))
                        .body(s -> Map.of("amount", 1)),
                of("GET /api/admin/quotas/me/status", Rights.SIGNED_IN),
                of("GET /api/admin/quotas/{userId}", Rights.ADMINS_ON_USER),
                of("PUT /api/admin/quotas/{userId}", Rights.ADMINS_ON_USER)
                        .body(s -> Map.of("image", Map.of("type", "daily", "limit", 5))),
                of("POST /api/admin/quotas/{userId}/reset", Rights.ADMINS_ON_USER)
                        .body(s -> Map.of("resource", "image")),
                of("POST /api/admin/quotas/{userId}/consume", Rights.ADMINS_ON_USER)
                        .body(s -> Map.of("resource", "image", "amount", 1)),
                of("POST /api/generations", Rights.SIGNED_IN).body(s -> Map.of("type", "image")),
                of("GET /api/generations", Rights.SIGNED_IN),
                of("GET /api/generations/{id}", Rights.SIGNED_IN).arrange(s -> s.with("id", generation(s))),
                of("PATCH /api/generations/{id}", Rights.SIGNED_IN)
                        .arrange(s -> s.with("id", generation(s)))
                        .body(s -> Map.of("status", "completed")),
                of("GET /api/admin/users/{userId}/generations", Rights.ADMINS_ON_USER),
                of("GET /api/users/{userId}/credits", Rights.SELF_AND_ADMINS),
                of("GET /api/users/{userId}/credits/transactions", Rights.SELF_AND_ADMINS),
                of("POST /api/users/{userId}/credits/transactions", Rights.ADMINS_ON_USER)
                        .body(s -> Map.of("amount", 5, "reason", "Test")),
                of("POST /api/users/{userId}/credits/spend", Rights.SELF_ONLY)
                        .arrange(s -> Database.execute(
                                "update users set credits = 100 where id = ?",
                                s.target().id()))
                        .body(s -> Map.of("amount", 5, "reason", "Test")));
    }

    /** A pending generation of the one who calls. */
    private static UUID generation(Scene scene) {
        return UUID.fromString(String.valueOf(Database.text(
                "insert into generations (id, user_id, type, cost, window_start, window_round, created_at)"
                        + " values (uuidv7(), ?, 'image', 1, now(), 0, now()) returning id",
                scene.callerOrTarget().id())));
    }
}
