package io.usher.generation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.usher.quota.NamesResource;
import io.usher.quota.QuotaService;
import io.usher.web.JsonSize;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A generation to begin.
 *
 * @param type a configured resource, whose quota is charged
 * @param metadata whatever the client wants to find again, up to 64 KiB
 * @param cost 1 if absent
 */
@Schema(name = "CreateGeneration")
record CreateGeneration(
        @NotNull @Size(max = 50) @Schema(examples = "image") String type,

        @Size(max = 20_000) @Schema(examples = "A lighthouse in fog") @Nullable
        String prompt,

        @Size(max = 200) @Schema(examples = "sdxl-1.0") @Nullable
        String model,

        @JsonSize
        @Schema(type = SchemaType.OBJECT, implementation = Object.class, additionalProperties = Schema.True.class)
        @Nullable
        ObjectNode metadata,

        @Schema(defaultValue = "1") @Min(1) @Max(QuotaService.MAX_AMOUNT) @Nullable
        Long cost)
        implements NamesResource {
    @Override
    public String resourceField() {
        return "type";
    }

    @Override
    public String resourceName() {
        return type;
    }

    long costOrOne() {
        return cost == null ? 1 : cost;
    }

    /** The same request however it is written. */
    CreateGeneration normal() {
        return new CreateGeneration(type, prompt, model, metadata, costOrOne());
    }
}
