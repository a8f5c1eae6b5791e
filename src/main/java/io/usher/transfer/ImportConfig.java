package io.usher.transfer;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Period;

/** What an import may take. */
@ConfigMapping(prefix = "usher.import")
public interface ImportConfig {
    /** The most that a file may have; also the most that the service admits at all, so no less than {@code usher.migration.max-size}. */
    @WithDefault("1G")
    MemorySize maxSize();

    /** How many imports run at once; each holds a worker thread and, now and then, a connection. Jobs wait. */
    @WithDefault("2")
    int maxConcurrent();

    /** How many files of jobs may wait and run in a replica; more are {@code overloaded}. */
    @WithDefault("8")
    int maxQueued();

    /** Where files wait for their jobs, readable by the service's user only. */
    @WithDefault("${java.io.tmpdir}/usher-imports")
    Path spoolDir();

    /** How long a job that has ended can be asked about. */
    @WithDefault("P30D")
    Period jobRetention();
}
