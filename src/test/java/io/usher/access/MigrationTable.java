package io.usher.access;

import static io.usher.access.Row.of;

import io.usher.testing.Given;
import java.util.List;
import java.util.Map;

/** Who may take users of older systems over. */
final class MigrationTable {
    private MigrationTable() {}

    static List<Row> rows() {
        return List.of(of("POST /api/admin/migrations/v1", Rights.SUPER_ADMINS)
                .body(s -> Map.of("users", List.of(Map.of("email", Given.email(), "password", "as-it-was")))));
    }
}
