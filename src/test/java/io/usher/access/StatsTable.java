package io.usher.access;

import static io.usher.access.Row.of;

import java.util.List;

/** Who may see statistics. */
final class StatsTable {
    private StatsTable() {}

    static List<Row> rows() {
        return List.of(
                of("GET /api/admin/stats", Rights.ADMINS),
                of("GET /api/admin/stats/stream", Rights.ADMINS),
                of("GET /api/admin/stats/signups", Rights.ADMINS));
    }
}
