package io.usher.access;

import static io.usher.access.Row.of;

import io.usher.testing.Database;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Who may do what with dispensers, scraped content and active users. */
final class FieldworkTable {
    private FieldworkTable() {}

    static List<Row> rows() {
        return List.of(
                of("GET /api/users/{userId}/dispensers", Rights.SELF_AND_ADMINS),
                of("GET /api/users/{userId}/dispensers/{workOrderId}", Rights.SELF_AND_ADMINS)
                        .arrange(FieldworkTable::dispenser),
                of("PUT /api/users/{userId}/dispensers/{workOrderId}", Rights.SELF_AND_ADMINS)
                        .arrange(s -> s.with("workOrderId", "W-1"))
                        .body(s ->
                                Map.of("visitId", "V-1", "dispenserData", Map.of("a", 1), "metadata", Map.of("b", 2))),
                of("DELETE /api/users/{userId}/dispensers/{workOrderId}", Rights.SELF_AND_ADMINS)
                        .arrange(FieldworkTable::dispenser),
                of("GET /api/users/{userId}/scraped-content", Rights.SELF_AND_ADMINS),
                of("POST /api/users/{userId}/scraped-content", Rights.SELF_AND_ADMINS)
                        .body(s -> Map.of("contentType", "orders", "content", Map.of("a", 1), "checksum", "c1")),
                of("GET /api/active-user", Rights.ADMINS).arrange(FieldworkTable::activeUser),
                of("PUT /api/active-user", Rights.ADMINS)
                        .body(s -> Map.of("userId", s.callerOrTarget().id())),
                of("PUT /api/active-user", Rights.ADMINS_ON_USER)
                        .named("another user")
                        .body(s -> Map.of("userId", s.target().id())),
                of("DELETE /api/active-user", Rights.ADMINS).arrange(FieldworkTable::activeUser));
    }

    private static void dispenser(Scene scene) {
        Database.execute(
                "insert into dispenser_records (id, user_id, work_order_id, dispenser_data, created_at, updated_at)"
                        + " values (?, ?, 'W-1', '{}', now(), now()) on conflict do nothing",
                UUID.randomUUID(),
                scene.target().id());
        scene.with("workOrderId", "W-1");
    }

    /** Everybody works as itself. */
    private static void activeUser(Scene scene) {
        UUID caller = scene.callerOrTarget().id();
        Database.execute(
                "insert into active_users (owner_id, user_id, created_at, updated_at) values (?, ?, now(), now())"
                        + " on conflict do nothing",
                caller,
                caller);
    }
}
