package io.usher.activity;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Something that a user did.
 *
 * @param username the user's, as it is now
 * @param details JSON, as the client gave it, or as the service says what it recorded
 */
@Schema(name = "Activity")
record ActivityView(
        UUID id,
        UUID userId,
        @Schema(examples = "ada") @Nullable String username,
        @Schema(examples = "scrape") ActivityType activityType,

        @JsonRawValue
        @Schema(type = SchemaType.OBJECT, implementation = Object.class, additionalProperties = Schema.True.class)
        @Nullable
        String details,

        Instant createdAt) {

    /** What {@link #read} needs of {@code user_activities a}, besides the {@code username}. */
    static final String COLUMNS = "a.id, a.user_id, a.activity_type, a.details::text as details, a.created_at";

    static ActivityView read(Row row) {
        return new ActivityView(
                row.getUUID("id"),
                row.getUUID("user_id"),
                row.getString("username"),
                ActivityType.of(row.getString("activity_type")),
                row.getString("details"),
                row.getOffsetDateTime("created_at").toInstant());
    }
}
