package io.usher.access;

import static io.usher.access.Row.of;

import io.usher.testing.Given;
import java.util.List;
import java.util.Map;

/** Who may move users in and out. */
final class TransferTable {
    private TransferTable() {}

    static List<Row> rows() {
        return List.of(
                of("GET /api/admin/users/export", Rights.ADMINS),
                of("POST /api/admin/users/import", Rights.ADMINS)
                        .query("?format=ndjson")
                        .body(s -> Map.of("email", Given.email())));
    }
}
