package io.usher.activity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.usher.web.JsonSize;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Something that the caller did.
 *
 * @param details whatever the client wants to find again, up to 64 KiB
 */
@Schema(name = "CreateActivity")
record CreateActivity(
        @NotNull @Schema(examples = "scrape") PostedType activityType,

        @JsonSize
        @Schema(type = SchemaType.OBJECT, implementation = Object.class, additionalProperties = Schema.True.class)
        @Nullable
        ObjectNode details) {}
