package io.usher.fieldwork;

import io.usher.user.AdminUserView;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/** Who an admin works as, and since when. */
record ActiveUser(UUID userId, Instant createdAt, Instant updatedAt) {
    static ActiveUser read(Row row) {
        return new ActiveUser(
                row.getUUID("user_id"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    ActiveUserView view(AdminUserView user) {
        return new ActiveUserView(userId, user, true, createdAt, updatedAt);
    }
}
