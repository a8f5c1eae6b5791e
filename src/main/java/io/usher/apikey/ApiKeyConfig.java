package io.usher.apikey;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** API keys. */
@ConfigMapping(prefix = "usher.api-keys")
public interface ApiKeyConfig {
    /** How many keys a user may have, 1 to 10000; expired ones count until they are deleted. */
    @WithDefault("100")
    int maxPerUser();
}
