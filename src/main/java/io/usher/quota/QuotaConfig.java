package io.usher.quota;

import io.smallrye.config.ConfigMapping;
import java.util.Map;

/** What users may use who have no quota of their own. */
@ConfigMapping(prefix = "usher.quota")
public interface QuotaConfig {
    /**
     * The resources there are, each with what a user may use of it: {@code daily:50}, {@code weekly:100} (0 to 1,000,000,000,000) or
     * {@code unlimited}. A resource's name is 1 to 50 of {@code a-z 0-9 _ -}, a letter first.
     */
    Map<String, String> defaults();
}
