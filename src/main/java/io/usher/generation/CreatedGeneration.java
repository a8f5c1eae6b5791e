package io.usher.generation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.usher.quota.QuotaView;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A generation that has begun, and what is left after it. */
@Schema(name = "CreatedGeneration")
record CreatedGeneration(
        @JsonUnwrapped GenerationView generation,

        @Schema(description = "The quota that was charged, after it")
        QuotaView quota) {}
