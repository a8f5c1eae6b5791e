package io.usher.generation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a generation may take. */
@ConfigMapping(prefix = "usher.generation")
public interface GenerationConfig {
    /** After this time a generation that is still pending fails, and its cost goes back. Looked for once a minute; 1 second to 365 days. */
    @WithDefault("1H")
    Duration pendingTimeout();
}
