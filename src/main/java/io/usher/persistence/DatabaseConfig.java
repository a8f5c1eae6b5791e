package io.usher.persistence;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * For how long anybody waits for PostgreSQL (decision 140), and how often it is tidied up. How many connections there are, and how they are encrypted, is Quarkus's own
 * {@code quarkus.datasource.reactive.*}.
 */
@ConfigMapping(prefix = "usher.database")
public interface DatabaseConfig {
    /** How long a new connection may take until PostgreSQL has let it in, 1 to 60 seconds. */
    @WithDefault("PT5S")
    Duration connectTimeout();

    /** How long a request waits for a connection of the pool before it is 503 {@code dependency_unavailable}, 100 ms to 60 seconds. */
    @WithDefault("PT5S")
    Duration acquireTimeout();

    /** How many requests may wait for a connection at once; one more is 503 {@code overloaded}. 1 to 100,000. */
    @WithDefault("500")
    int maxWaiting();

    /**
     * How long PostgreSQL works on a statement of a request before it ends it, 1 second to 10 minutes. Told to it with each connection, but not
     * through a pooler ({@code quarkus.datasource.reactive.postgresql.use-layer7-proxy}), which would refuse the connection: set it for the role
     * there.
     */
    @WithDefault("PT10S")
    Duration statementTimeout();

    /**
     * How long PostgreSQL keeps a transaction that is told nothing before it ends it, 1 second to 1 hour; as {@link #statementTimeout} not through
     * a pooler. An import in one transaction is told nothing while its file does not come.
     */
    @WithDefault("PT90S")
    Duration idleInTransactionTimeout();

    /**
     * How long PostgreSQL may say nothing while a statement waits for its answer, before the connection is closed and the request is 503; 1 second
     * to 11 minutes. More than {@link #statementTimeout}, so that a statement that is too long does not cost its connection.
     */
    @WithDefault("PT15S")
    Duration answerTimeout();

    /** What {@link #statementTimeout} is for the few statements whose work grows with the database: verifying the audit log, making months. */
    @WithDefault("PT10M")
    Duration longStatementTimeout();

    /** How often sessions, one-time tokens, idempotency records and pending generations that have expired are swept, 1 second to 2 hours; to find nothing costs little. */
    @WithDefault("1m")
    String sweepEvery();
}
