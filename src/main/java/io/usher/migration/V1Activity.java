package io.usher.migration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.usher.activity.ActivityType;
import io.usher.web.JsonSize;
import io.usher.web.SnakeCaseToo;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a V1 user did.
 *
 * @param userId the V1 id; whose activity it is follows from the user that it stands under
 * @param username what V1 called the user then; users are called by their present names
 * @param timestamp now, if absent
 */
@SnakeCaseToo
@Schema(name = "V1Activity")
record V1Activity(
        @Schema(description = "Where it is a V1 id (32 hex digits), it must be the user's own")
        @Size(max = 200)
        @Nullable
        String userId,

        @Size(max = 320) @Nullable String username,

        @NotNull ActivityType activityType,

        @JsonSize
        @Schema(type = SchemaType.OBJECT, implementation = Object.class, additionalProperties = Schema.True.class)
        @Nullable
        ObjectNode details,

        @Schema(description = V1Time.DESCRIPTION) @Size(max = V1Time.MAX_LENGTH) @Nullable
        String timestamp) {}
