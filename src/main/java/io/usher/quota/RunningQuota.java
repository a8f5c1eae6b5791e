package io.usher.quota;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The window in which quotas of one kind count at a moment: what is in {@code user_quotas} with this resource and type, and a window that
 * starts then or later.
 *
 * @param type as it stands in the row; empty for rows without one, for which the default holds
 * @param limit the default's; null where the row has its own
 */
public record RunningQuota(
        String resource,
        String type,
        Instant starts,
        @Nullable Long limit) {}
