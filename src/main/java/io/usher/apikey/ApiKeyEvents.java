package io.usher.apikey;

import io.usher.audit.AuditAction;
import io.usher.audit.AuditChanges;
import io.usher.audit.AuditEvent;
import io.vertx.mutiny.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the audit log keeps of API keys: their ids, scopes and expiry, never what they are. */
final class ApiKeyEvents {
    private ApiKeyEvents() {}

    static AuditEvent created(ApiKeyView key) {
        List<String> scopes = key.scopes().stream().map(scope -> scope.value()).toList();
        AuditChanges changes = AuditChanges.of("scopes", null, scopes).with("expiresAt", null, key.expiresAt());
        return event(AuditAction.KEY_CREATE, key.userId(), key.id(), changes);
    }

    /** Of a row of {@link ApiKeySql#UPDATE}; without changes where all was so before. */
    static AuditEvent updated(UUID userId, UUID id, Row row) {
        AuditChanges changes = AuditChanges.NONE;
        changes = with(changes, "name", row.getString("old_name"), row.getString("name"));
        changes = with(changes, "description", row.getString("old_description"), row.getString("description"));
        changes = with(changes, "scopes", scopes(row, "old_scopes"), scopes(row, "scopes"));
        changes = with(changes, "active", row.getBoolean("old_active"), row.getBoolean("active"));
        changes = with(changes, "expiresAt", time(row, "old_expires_at"), time(row, "expires_at"));
        return event(AuditAction.KEY_UPDATE, userId, id, changes);
    }

    static AuditEvent rotated(UUID userId, UUID id, long graceSeconds) {
        return event(AuditAction.KEY_ROTATE, userId, id, AuditChanges.of("gracePeriodSeconds", null, graceSeconds));
    }

    static AuditEvent revoked(UUID userId, UUID id) {
        return event(AuditAction.KEY_REVOKE, userId, id, AuditChanges.NONE);
    }

    private static AuditEvent event(AuditAction action, UUID userId, UUID id, AuditChanges changes) {
        return new AuditEvent(action, userId, id.toString(), changes);
    }

    private static AuditChanges with(AuditChanges changes, String field, @Nullable Object old, @Nullable Object now) {
        return Objects.equals(old, now) ? changes : changes.with(field, old, now);
    }

    private static List<String> scopes(Row row, String column) {
        return List.of(row.getArrayOfStrings(column));
    }

    private static @Nullable String time(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant().toString();
    }
}
