package io.usher.persistence;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * How much of the database exports may take. Each holds a connection of the pool ({@code quarkus.datasource.reactive.max-size}) and keeps dead rows
 * from being cleared away, for as long as it takes.
 */
@ConfigMapping(prefix = "usher.export")
public interface SnapshotConfig {
    /** How many files of users are exported at once, 1 to 1000; one more is {@code overloaded}. */
    @WithDefault("2")
    int maxConcurrent();

    /** How long such an export may take until its client has the file, 1 minute to 24 hours; then it is cut off. */
    @WithDefault("PT1H")
    Duration maxTime();

    /** Exports of what is held on one user, of which everybody has one at once. */
    Personal personal();

    /** Places apart from those of files, which any user could take otherwise. */
    interface Personal {
        /** How many run at once, 1 to 1000; one more is {@code overloaded}. */
        @WithDefault("4")
        int maxConcurrent();

        /** How long one may take until its client has the document, 1 minute to 24 hours; then it is cut off. */
        @WithDefault("PT15M")
        Duration maxTime();
    }
}
