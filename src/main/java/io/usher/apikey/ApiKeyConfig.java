package io.usher.apikey;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** API keys. */
@ConfigMapping(prefix = "usher.api-keys")
public interface ApiKeyConfig {
    /** How many keys a user may have, 1 to 10000; expired ones count until they are deleted. */
    @WithDefault("100")
    @Min(1)
    @Max(10_000)
    int maxPerUser();
}
