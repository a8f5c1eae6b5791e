package io.usher.persistence;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Runs one statement of the PostgreSQL client, in the transaction that {@link Statements} made this for. A write that can stand alone as
 * well as with others takes one of these, and does not know which it is.
 */
@FunctionalInterface
public interface Sql {
    /** Runs the statement; parameters are {@code $1}, {@code $2}, … */
    Uni<RowSet<Row>> run(String statement, Tuple parameters);
}
