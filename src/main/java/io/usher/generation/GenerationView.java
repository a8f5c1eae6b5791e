package io.usher.generation;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A row of the generation ledger.
 *
 * @param metadata JSON, as the client gave it
 * @param refunded whether its cost went back to the quota when it failed
 * @param ipAddress from where it was asked for: a proxy's word counts only where the proxy is trusted
 */
@Schema(name = "Generation")
record GenerationView(
        UUID id,
        UUID userId,
        @Schema(examples = "image") String type,
        GenerationStatus status,
        @Nullable String prompt,
        @Nullable String model,

        @JsonRawValue
        @Schema(type = SchemaType.OBJECT, implementation = Object.class, additionalProperties = Schema.True.class)
        @Nullable
        String metadata,

        @Schema(examples = "1") long cost,
        @Nullable String mediaUrl,
        @Nullable String error,
        boolean refunded,
        @Schema(examples = "192.0.2.7") @Nullable String ipAddress,
        Instant createdAt,
        @Nullable Instant completedAt) {

    /** What {@link #read} needs of {@code generations g}. */
    static final String COLUMNS =
            "g.id, g.user_id, g.type, g.status, g.prompt, g.model, g.metadata::text as metadata, g.cost,"
                    + " g.media_url, g.error, g.refunded, g.ip_address, g.created_at, g.completed_at";

    static GenerationView read(Row row) {
        OffsetDateTime completedAt = row.getOffsetDateTime("completed_at");
        return new GenerationView(
                row.getUUID("id"),
                row.getUUID("user_id"),
                row.getString("type"),
                GenerationStatus.of(row.getString("status")),
                row.getString("prompt"),
                row.getString("model"),
                row.getString("metadata"),
                row.getLong("cost"),
                row.getString("media_url"),
                row.getString("error"),
                row.getBoolean("refunded"),
                row.getString("ip_address"),
                row.getOffsetDateTime("created_at").toInstant(),
                completedAt == null ? null : completedAt.toInstant());
    }
}
