package io.usher.security;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** The SQL client knows {@code timestamptz} only as {@link OffsetDateTime}. */
final class Times {
    private Times() {}

    static OffsetDateTime toSql(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    static Instant get(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }
}
