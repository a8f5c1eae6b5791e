package io.usher.access;

import static io.usher.access.Row.of;

import java.util.List;

/** Who may read the audit log. */
final class AuditTable {
    private AuditTable() {}

    static List<Row> rows() {
        return List.of(
                of("GET /api/admin/audit", Rights.ADMINS), of("GET /api/admin/audit/verify", Rights.SUPER_ADMINS));
    }
}
