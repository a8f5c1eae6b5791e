package io.usher.user;

import io.usher.audit.AuditAction;
import io.usher.audit.AuditChanges;
import io.usher.audit.AuditEvent;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A user that was changed together with others.
 *
 * @param fields what changed, by name
 * @param audited the same as the audit log keeps it
 */
record BulkChange(UUID userId, Set<String> fields, AuditChanges audited) {
    /**
     * Reads a row that {@link BulkFields#UPDATE} answers.
     *
     * @param given the changes
     * @param oldRoles the custom roles before, of those whose roles changed
     */
    static BulkChange read(Row row, JsonObject given, Map<UUID, List<String>> oldRoles) {
        UUID id = row.getUUID("id");
        Set<String> fields = new TreeSet<>(List.of(row.getArrayOfStrings("changed")));
        AuditChanges audited = AuditChanges.NONE;
        for (String field : fields) {
            audited = switch (field) {
                case "roles" ->
                    audited.with(
                            field, oldRoles.get(id), given.getJsonArray(field).getList());
                case "status", "leadStatus", "userType", "superAdmin", "emailVerified" ->
                    audited.with(field, row.getValue(field), given.getValue(field));
                default -> audited.with(field, null, null);
            };
        }
        return new BulkChange(id, fields, audited);
    }

    AuditEvent event() {
        return AuditEvent.of(AuditAction.USER_UPDATE, userId, audited);
    }
}
