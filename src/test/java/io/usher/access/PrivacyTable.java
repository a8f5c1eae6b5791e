package io.usher.access;

import static io.usher.access.Row.of;

import io.usher.testing.Given;
import java.util.List;
import java.util.Map;

/** Who may change many users at once, and see or erase everything that is held on one. */
final class PrivacyTable {
    private PrivacyTable() {}

    static List<Row> rows() {
        return List.of(
                of("POST /api/admin/users/bulk-update", Rights.ADMINS)
                        .body(s -> Map.of("ids", List.of(s.target().id()), "changes", Map.of("city", "Ghent"))),
                of("POST /api/users/{userId}/anonymize", Rights.SELF_AND_SUPER_ADMINS)
                        .body(s -> Map.of("currentPassword", Given.PASSWORD)),
                of("GET /api/users/{userId}/export", Rights.SELF_AND_ADMINS));
    }
}
