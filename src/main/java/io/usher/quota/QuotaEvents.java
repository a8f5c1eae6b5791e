package io.usher.quota;

import io.usher.audit.AuditAction;
import io.usher.audit.AuditChanges;
import io.usher.audit.AuditEvent;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the audit log keeps of quotas: an event for each resource, its subject. */
final class QuotaEvents {
    private QuotaEvents() {}

    /** Of the rows of {@link QuotaSql#SET}; what was set to what it was is none. */
    static List<AuditEvent> ofSet(UUID userId, RowSet<Row> rows) {
        List<AuditEvent> events = new ArrayList<>(rows.size());
        for (Row row : rows) {
            AuditChanges changes = setting(
                    row.getString("old_type"),
                    row.getLong("old_limit"),
                    row.getString("type"),
                    row.getLong("quota_limit"));
            if (!changes.isEmpty()) {
                events.add(new AuditEvent(AuditAction.QUOTA_SET, userId, row.getString("resource"), changes));
            }
        }
        return events;
    }

    /** Of new users, each with the same settings. */
    static List<AuditEvent> ofNew(List<UUID> userIds, Map<String, QuotaSetting> settings) {
        List<AuditEvent> events = new ArrayList<>(userIds.size() * settings.size());
        settings.forEach((resource, setting) -> {
            AuditChanges changes = setting(null, null, setting.type().value(), setting.limit());
            userIds.forEach(id -> events.add(new AuditEvent(AuditAction.QUOTA_SET, id, resource, changes)));
        });
        return events;
    }

    /** Of the rows of {@link QuotaSql#RESET}. */
    static List<AuditEvent> ofReset(UUID userId, RowSet<Row> rows) {
        List<AuditEvent> events = new ArrayList<>(rows.size());
        for (Row row : rows) {
            AuditChanges changes = AuditChanges.of("used", row.getLong("old_used"), 0L);
            events.add(new AuditEvent(AuditAction.QUOTA_RESET, userId, row.getString("resource"), changes));
        }
        return events;
    }

    static AuditEvent ofConsumption(UUID userId, String resource, long amount) {
        return new AuditEvent(AuditAction.QUOTA_CONSUME, userId, resource, AuditChanges.of("amount", null, amount));
    }

    private static AuditChanges setting(
            @Nullable String oldType, @Nullable Long oldLimit, String type, @Nullable Long limit) {
        AuditChanges changes =
                Objects.equals(oldType, type) ? AuditChanges.NONE : AuditChanges.of("type", oldType, type);
        return Objects.equals(oldLimit, limit) ? changes : changes.with("limit", oldLimit, limit);
    }
}
