package io.usher.quota;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user's quota as it stands in the database.
 *
 * @param own what was set for the user; null where the default holds
 */
record QuotaRow(@Nullable QuotaSetting own, long used, Instant windowStart) {
    static QuotaRow read(Row row) {
        String type = row.getString("type");
        return new QuotaRow(
                type == null ? null : new QuotaSetting(QuotaType.of(type), row.getLong("quota_limit")),
                row.getLong("used"),
                row.getOffsetDateTime("window_start").toInstant());
    }

    /** The quota at a moment; the window is the row's own where that has begun by another replica's clock. */
    QuotaView view(String resource, QuotaSetting byDefault, Instant now) {
        QuotaSetting setting = own == null ? byDefault : own;
        Instant present = QuotaWindow.at(setting.type(), now).start();
        boolean runs = !windowStart.isBefore(present);
        return view(resource, setting, runs ? used : 0, runs ? windowStart : present);
    }

    /** The quota of a user without a row. */
    static QuotaView unused(String resource, QuotaSetting byDefault, Instant now) {
        return view(resource, byDefault, 0, now);
    }

    private static QuotaView view(String resource, QuotaSetting setting, long used, Instant inWindow) {
        Long limit = setting.limit();
        return new QuotaView(
                resource,
                setting.type(),
                limit,
                used,
                limit == null ? null : Math.max(0, limit - used),
                QuotaWindow.at(setting.type(), inWindow).end());
    }
}
