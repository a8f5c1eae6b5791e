package io.usher.quota;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What is taken from one's own quota.
 *
 * @param amount 1 if absent
 */
@Schema(name = "Consume")
record Consume(
        @Schema(defaultValue = "1") @Min(1) @Max(QuotaService.MAX_AMOUNT) @Nullable
        Long amount) {
    long value() {
        return amount == null ? 1 : amount;
    }
}
