package io.usher.apikey;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How a key is rotated. */
@Schema(name = "RotateApiKey")
record RotateApiKey(
        @Min(0)
        @Max(RotateApiKey.LONGEST_GRACE)
        @Schema(
                description = "How long the old key is good beside the new one, up to a week.",
                defaultValue = "0",
                examples = "3600")
        @Nullable
        Integer gracePeriodSeconds) {
    /** A week. */
    static final int LONGEST_GRACE = 604_800;

    int grace() {
        return gracePeriodSeconds == null ? 0 : gracePeriodSeconds;
    }
}
