package io.usher.migration;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What a V1 file may be like. */
@ConfigMapping(prefix = "usher.migration")
public interface MigrationConfig {
    /** The most that a V1 file may have, as it is sent. Files that are larger can be cut in two: users do not know each other. */
    @WithDefault("64M")
    MemorySize maxSize();
}
