package io.usher.persistence;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** Statements whose work grows with the database, and which may take longer than those of a request ({@link DatabaseConfig}). */
@ApplicationScoped
public class LongStatements {
    /** The server ends a statement first, which its connection survives. */
    private static final Duration MARGIN = Duration.ofSeconds(15);

    private final Pool pool;
    private final Duration timeout;

    @Inject
    LongStatements(Pool pool, DatabaseConfig config) {
        this.pool = pool;
        this.timeout = config.longStatementTimeout();
    }

    /** Runs one in a transaction of its own. */
    public Uni<RowSet<Row>> run(String sql, Tuple parameters) {
        return pool.withTransaction(connection -> patiently(connection, sql, parameters));
    }

    private Uni<RowSet<Row>> patiently(SqlConnection connection, String sql, Tuple parameters) {
        AnswerWatch.bePatient(connection.getDelegate(), timeout.plus(MARGIN));
        return connection
                .query("set local statement_timeout = " + timeout.toMillis())
                .execute()
                .chain(() -> connection.preparedQuery(sql).execute(parameters))
                .onTermination()
                .invoke(() -> AnswerWatch.beUsual(connection.getDelegate()));
    }
}
