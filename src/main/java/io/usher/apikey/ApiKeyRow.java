package io.usher.apikey;

import io.usher.security.KeyScope;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a view from a row. */
final class ApiKeyRow {
    private ApiKeyRow() {}

    static ApiKeyView read(Row row) {
        return new ApiKeyView(
                row.getUUID("id"),
                row.getUUID("user_id"),
                row.getString("name"),
                row.getString("description"),
                row.getString("key_prefix"),
                Arrays.stream(row.getArrayOfStrings("scopes"))
                        .map(KeyScope::of)
                        .flatMap(Optional::stream)
                        .toList(),
                row.getBoolean("active"),
                timeOrNull(row.getOffsetDateTime("expires_at")),
                timeOrNull(row.getOffsetDateTime("last_used_at")),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    private static @Nullable Instant timeOrNull(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
