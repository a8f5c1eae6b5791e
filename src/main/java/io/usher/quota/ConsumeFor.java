package io.usher.quota;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What is taken from a user's quota.
 *
 * @param amount 1 if absent
 */
@Schema(name = "ConsumeFor")
record ConsumeFor(
        @NotNull @Size(max = 50) @Schema(examples = "image") String resource,

        @Schema(defaultValue = "1") @Min(1) @Max(QuotaService.MAX_AMOUNT) @Nullable
        Long amount)
        implements NamesResource {
    @Override
    public String resourceName() {
        return resource;
    }

    long value() {
        return amount == null ? 1 : amount;
    }
}
