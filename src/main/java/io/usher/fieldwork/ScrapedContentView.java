package io.usher.fieldwork;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What was found in a place at some time.
 *
 * @param content JSON
 * @param checksum by which it is told from what was there before
 */
@Schema(name = "ScrapedContent")
record ScrapedContentView(
        UUID id,
        UUID userId,
        @Schema(examples = "work_orders") String contentType,

        @Schema(examples = "https://app.example.com/work-orders") @Nullable
        String sourceUrl,

        @JsonRawValue
        @Schema(type = SchemaType.OBJECT, implementation = Object.class, additionalProperties = Schema.True.class)
        String content,

        @Schema(examples = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a")
        String checksum,

        Instant createdAt) {

    /** What {@link #read} needs of {@code scraped_contents r}. */
    static final String COLUMNS =
            "r.id, r.user_id, r.content_type, r.source_url, r.content::text as content, r.checksum, r.created_at";

    static ScrapedContentView read(Row row) {
        return new ScrapedContentView(
                row.getUUID("id"),
                row.getUUID("user_id"),
                row.getString("content_type"),
                row.getString("source_url"),
                row.getString("content"),
                row.getString("checksum"),
                row.getOffsetDateTime("created_at").toInstant());
    }
}
