package io.usher.transfer;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What an import may take. */
@ConfigMapping(prefix = "usher.import")
public interface ImportConfig {
    /** The most that a file may have; also the most that the service admits at all, so no less than {@code usher.migration.max-size}. */
    @WithDefault("1G")
    MemorySize maxSize();

    /** How many imports run at once; each holds a worker thread and, now and then, a connection. */
    @WithDefault("2")
    int maxConcurrent();
}
