package io.usher.credit;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Credits to spend.
 *
 * @param amount what the balance goes down by
 */
@Schema(name = "SpendCredits")
record SpendCredits(
        @NotNull @Min(1) @Max(CreditService.MAX_AMOUNT) @Schema(examples = "5")
        Long amount,

        @NotBlank @Size(max = 500) @Schema(examples = "A poster")
        String reason,

        @Size(max = 200) @Schema(examples = "order-1729") @Nullable
        String reference) {}
