package io.usher.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Period;

/** How long the audit log is kept. */
@ConfigMapping(prefix = "usher.audit")
public interface AuditConfig {
    /**
     * Whole months or years, {@code P1M} to {@code P1200M}. A month is dropped whole once it ended so long ago, so its last day is kept for
     * this time, and its first for a month more.
     */
    @WithDefault("P84M")
    Period retention();
}
