package io.usher.fieldwork;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.usher.web.JsonSize;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The dispensers of a work order, as they are from now on: what is absent is gone. */
@Schema(name = "PutDispenser")
record PutDispenser(
        @Size(max = NewDispenser.MAX_ID) @Schema(examples = "V-8841") @Nullable
        String visitId,

        @NotNull
        @JsonSize(max = NewDispenser.MAX_DATA)
        @Schema(
                type = SchemaType.OBJECT,
                implementation = Object.class,
                additionalProperties = Schema.True.class,
                description = "Up to 256 KiB of JSON.")
        ObjectNode dispenserData,

        @JsonSize
        @Schema(
                type = SchemaType.OBJECT,
                implementation = Object.class,
                additionalProperties = Schema.True.class,
                description = "Up to 64 KiB of JSON.")
        @Nullable
        ObjectNode metadata) {

    PutDispenser {
        visitId = visitId == null || visitId.isBlank() ? null : visitId.strip();
    }
}
