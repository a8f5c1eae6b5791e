package io.usher.user;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What was erased of a user.
 *
 * @param anonymizedAt when it was anonymised first
 * @param erased how many rows that changed or removed now, by table; 0 where there was nothing, or nothing any more
 */
@Schema(name = "ErasureReceipt")
record ErasureReceipt(
        UUID userId,
        Instant anonymizedAt,

        @Schema(examples = "{\"user_sessions\": 2, \"users\": 1}")
        Map<String, Long> erased) {}
