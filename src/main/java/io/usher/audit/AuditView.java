package io.usher.audit;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Who did what to whom, from where.
 *
 * @param actorId the user, or the owner of the key; null where nobody had signed in, or the service did it by itself
 * @param targetId the user whom it is about, there or gone; null where it is about none
 * @param subject what of the user's, or what else: a resource, a role, the id of a key or of an admin
 * @param changes the fields that changed
 * @param ipAddress null where there was no request, or whoever made it was anonymised
 */
@Schema(name = "AuditEvent")
record AuditView(
        UUID id,
        AuditAction action,
        AuditOrigin.Kind actorType,
        @Nullable UUID actorId,
        @Nullable UUID actorKeyId,
        @Nullable UUID targetId,
        @Schema(examples = "image") @Nullable String subject,

        List<AuditChangeView> changes,

        @Nullable String ipAddress,
        @Nullable String userAgent,
        @Nullable String requestId,
        Instant createdAt) {

    static AuditView read(Row row) {
        return new AuditView(
                row.getUUID("id"),
                AuditAction.of(row.getString("action")),
                AuditOrigin.Kind.of(row.getString("actor_type")),
                row.getUUID("actor_id"),
                row.getUUID("actor_key_id"),
                row.getUUID("target_id"),
                row.getString("subject"),
                AuditChangeView.read(row.getString("changes")),
                row.getString("ip_address"),
                row.getString("user_agent"),
                row.getString("request_id"),
                row.getOffsetDateTime("created_at").toInstant());
    }
}
