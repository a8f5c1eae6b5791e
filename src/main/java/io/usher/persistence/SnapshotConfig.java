package io.usher.persistence;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much of the database exports may take. */
@ConfigMapping(prefix = "usher.export")
public interface SnapshotConfig {
    /** How many exports read at once; each holds a connection of the pool ({@code quarkus.datasource.reactive.max-size}) for as long as it takes. */
    @WithDefault("2")
    int maxConcurrent();
}
