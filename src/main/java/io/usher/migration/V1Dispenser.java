package io.usher.migration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.usher.fieldwork.NewDispenser;
import io.usher.web.JsonSize;
import io.usher.web.SnakeCaseToo;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The dispensers of a work order as V1 kept them. Of several for one work order the newest counts, as if they were stored one after the other.
 *
 * @param timestamp now, if absent
 */
@SnakeCaseToo
@Schema(name = "V1Dispenser")
record V1Dispenser(
        @NotNull @Size(max = NewDispenser.MAX_ID) String workOrderId,
        @Size(max = NewDispenser.MAX_ID) @Nullable String visitId,

        @JsonSize(max = NewDispenser.MAX_DATA)
        @Schema(type = SchemaType.OBJECT, implementation = Object.class, additionalProperties = Schema.True.class)
        @NotNull
        ObjectNode dispenserData,

        @JsonSize
        @Schema(type = SchemaType.OBJECT, implementation = Object.class, additionalProperties = Schema.True.class)
        @Nullable
        ObjectNode metadata,

        @Schema(description = V1Time.DESCRIPTION) @Size(max = V1Time.MAX_LENGTH) @Nullable
        String timestamp) {}
