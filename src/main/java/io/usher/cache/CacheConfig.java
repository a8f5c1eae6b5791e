package io.usher.cache;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What Redis keeps of users, and how long. */
@ConfigMapping(prefix = "usher.cache")
public interface CacheConfig {
    /**
     * How long session states and user views are kept, 1 second to 1 hour. Also the longest that a replica could go on with a state that
     * another one changed while that one, and only that one, could not reach Redis.
     */
    @WithDefault("60S")
    Duration userTtl();
}
