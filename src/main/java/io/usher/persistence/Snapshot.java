package io.usher.persistence;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Cursor;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.PreparedStatement;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The database as it stood at one moment. Statements come one after the other: the next begins when the last has been read. */
public final class Snapshot {
    private static final Logger LOG = Logger.getLogger(Snapshot.class);

    /** PostgreSQL ends by itself what we could not end: a read that hangs, a transaction that nobody finishes. */
    private static final String BEGIN = """
            begin isolation level repeatable read read only;
            set local statement_timeout = '60s'; set local idle_in_transaction_session_timeout = '90s'; set local jit = off
            """;

    private @Nullable SqlConnection connection;
    private @Nullable PreparedStatement statement;
    private boolean ended;

    Snapshot() {}

    /**
     * Reads what a statement answers, a batch at a time, and no batch before it is asked for. Nothing comes where the reader is gone already.
     *
     * @param sql parameters are {@code $1}, {@code $2}, …
     * @param batch the most rows of a batch; the last one may be empty
     */
    public Multi<RowSet<Row>> rows(String sql, Tuple parameters, int batch) {
        SqlConnection held = connection;
        if (held == null) {
            return Multi.createFrom().nothing();
        }
        return Uni.createFrom()
                .deferred(this::closeStatement)
                .chain(() -> held.prepare(sql))
                .invoke(prepared -> statement = prepared)
                .onItem()
                .transformToMulti(prepared -> batches(prepared.cursor(parameters), batch));
    }

    private static Multi<RowSet<Row>> batches(Cursor cursor, int batch) {
        return Uni.createFrom().deferred(() -> cursor.read(batch)).repeat().whilst(rows -> cursor.hasMore());
    }

    /** Takes a connection of the pool. One that comes when nobody wants it any more goes back at once. */
    Uni<Snapshot> begin(Pool pool) {
        return Uni.createFrom()
                .<SqlConnection>emitter(emitter -> pool.getDelegate()
                        .getConnection()
                        .map(SqlConnection::newInstance)
                        .onSuccess(taken -> {
                            hold(taken);
                            emitter.complete(taken);
                        })
                        .onFailure(emitter::fail))
                .call(taken -> taken.query(BEGIN).execute())
                .replaceWith(this);
    }

    private synchronized void hold(SqlConnection taken) {
        if (ended) {
            taken.getDelegate().close();
        } else {
            connection = taken;
        }
    }

    /** Gives the connection back, wherever the reading has come to. */
    Uni<Void> end() {
        SqlConnection held = release();
        return held == null
                ? Uni.createFrom().voidItem()
                : closeStatement()
                        .chain(() -> held.query("rollback").execute())
                        .onFailure()
                        .invoke(e -> LOG.debugf("The connection of a snapshot is gone: %s", e.toString()))
                        .onItemOrFailure()
                        .transformToUni((rows, failure) -> held.close())
                        .onFailure()
                        .recoverWithNull();
    }

    private synchronized @Nullable SqlConnection release() {
        SqlConnection held = connection;
        ended = true;
        connection = null;
        return held;
    }

    /** Its cursor goes with it. */
    private Uni<Void> closeStatement() {
        PreparedStatement open = statement;
        statement = null;
        return open == null ? Uni.createFrom().voidItem() : open.close();
    }
}
