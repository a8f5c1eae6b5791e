package io.usher.fieldwork;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The dispensers of a work order.
 *
 * @param dispenserData JSON, as the client gave it
 * @param metadata JSON, as the client gave it
 */
@Schema(name = "Dispenser")
record DispenserView(
        UUID id,
        UUID userId,
        @Schema(examples = "W-129657") String workOrderId,
        @Schema(examples = "V-8841") @Nullable String visitId,

        @JsonRawValue
        @Schema(type = SchemaType.OBJECT, implementation = Object.class, additionalProperties = Schema.True.class)
        String dispenserData,

        @JsonRawValue
        @Schema(type = SchemaType.OBJECT, implementation = Object.class, additionalProperties = Schema.True.class)
        @Nullable
        String metadata,

        Instant createdAt,
        Instant updatedAt) {

    /** What {@link #read} needs of {@code dispenser_records r}. */
    static final String COLUMNS =
            "r.id, r.user_id, r.work_order_id, r.visit_id, r.dispenser_data::text as dispenser_data,"
                    + " r.metadata::text as metadata, r.created_at, r.updated_at";

    static DispenserView read(Row row) {
        return new DispenserView(
                row.getUUID("id"),
                row.getUUID("user_id"),
                row.getString("work_order_id"),
                row.getString("visit_id"),
                row.getString("dispenser_data"),
                row.getString("metadata"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
