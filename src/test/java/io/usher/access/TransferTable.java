package io.usher.access;

import static io.usher.access.Row.of;

import io.usher.testing.Database;
import io.usher.testing.Given;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Who may move users in and out. */
final class TransferTable {
    private TransferTable() {}

    static List<Row> rows() {
        return List.of(
                of("GET /api/admin/users/export", Rights.ADMINS),
                of("POST /api/admin/users/import", Rights.ADMINS)
                        .query("?format=ndjson")
                        .body(s -> Map.of("email", Given.email())),
                of("GET /api/admin/jobs/{id}", Rights.ADMINS).arrange(TransferTable::job),
                of("GET /api/admin/jobs/{id}/events", Rights.ADMINS).arrange(TransferTable::job));
    }

    /** One of the caller's own. */
    private static void job(Scene scene) {
        UUID id = UUID.randomUUID();
        Database.execute(
                "insert into transfer_jobs (id, owner_id, kind, state, created_at, finished_at, heartbeat_at)"
                        + " values (?, ?, 'import', 'succeeded', now(), now(), now())",
                id,
                scene.callerOrTarget().id());
        scene.with("id", id);
    }
}
