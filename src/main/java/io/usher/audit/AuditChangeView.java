package io.usher.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A field that changed.
 *
 * @param old what it was: null, a boolean, a number, a text or a list of texts; null also with fields that are personal or secret, of which
 *     the log has only the name
 * @param now what it is since, likewise; {@code new} in JSON
 */
@Schema(name = "AuditChange")
record AuditChangeView(
        @Schema(examples = "status") String field,
        @Nullable Object old,
        @JsonProperty("new") @Nullable Object now) {

    static List<AuditChangeView> read(String json) {
        return new JsonArray(json)
                .stream().map(JsonObject.class::cast).map(AuditChangeView::of).toList();
    }

    private static AuditChangeView of(JsonObject change) {
        return new AuditChangeView(
                change.getString("field"), plain(change.getValue("old")), plain(change.getValue("new")));
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return value instanceof JsonArray many ? many.getList() : value;
    }
}
