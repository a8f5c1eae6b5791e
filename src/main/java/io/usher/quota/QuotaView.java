package io.usher.quota;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A quota at this moment.
 *
 * @param limit null when unlimited
 * @param used in the present window; counts on when unlimited
 * @param remaining null when unlimited; 0 where more was used than a limit that was lowered allows
 * @param resetsAt when the next window starts; null when unlimited
 */
@Schema(name = "Quota")
public record QuotaView(
        @Schema(examples = "image") String resource,
        QuotaType type,
        @Nullable Long limit,
        long used,
        @Nullable Long remaining,
        @Nullable Instant resetsAt) {}
