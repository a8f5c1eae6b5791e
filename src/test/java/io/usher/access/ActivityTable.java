package io.usher.access;

import static io.usher.access.Row.of;

import java.util.List;
import java.util.Map;

/** Who may do what with activities. */
final class ActivityTable {
    private ActivityTable() {}

    static List<Row> rows() {
        return List.of(
                of("POST /api/activities", Rights.SIGNED_IN)
                        .body(s -> Map.of("activityType", "scrape", "details", Map.of("pages", 3))),
                of("GET /api/users/{userId}/activities", Rights.SELF_AND_ADMINS),
                of("GET /api/admin/activities/summary", Rights.ADMINS));
    }
}
