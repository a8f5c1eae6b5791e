package io.usher.credit;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Credits to give to a user.
 *
 * @param amount not 0; negative to take back
 */
@Schema(name = "GrantCredits")
record GrantCredits(
        @NotNull @Min(-CreditService.MAX_AMOUNT) @Max(CreditService.MAX_AMOUNT) @NotZero @Schema(examples = "100")
        Long amount,

        @NotBlank @Size(max = 500) @Schema(examples = "Bought in November")
        String reason,

        @Size(max = 200) @Schema(examples = "invoice-4711") @Nullable
        String reference) {}
