package io.usher.access;

import static io.usher.access.Row.of;

import java.util.List;
import java.util.Map;

/** Who may change many users at once. */
final class PrivacyTable {
    private PrivacyTable() {}

    static List<Row> rows() {
        return List.of(of("POST /api/admin/users/bulk-update", Rights.ADMINS)
                .body(s -> Map.of("ids", List.of(s.target().id()), "changes", Map.of("city", "Ghent"))));
    }
}
