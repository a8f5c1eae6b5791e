package io.usher.persistence;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.function.Function;
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

    /** As long as the transaction lets a statement take, and a little more. */
    private static final Duration PATIENCE = Duration.ofSeconds(75);

    private @Nullable SqlConnection connection;
    private @Nullable PreparedStatement statement;
    private boolean ended;

    Snapshot() {}

    /**
     * Reads what a statement answers, a batch at a time, and no batch before it is asked for.
     *
     * @param sql parameters are {@code $1}, {@code $2}, …
     * @param batch the most rows of a batch; the last one may be empty
     */
    public Multi<RowSet<Row>> rows(String sql, Tuple parameters, int batch) {
        return send(held ->
                        closeStatement().compose(closed -> held.prepare(sql)).onSuccess(this::hold))
                .map(prepared -> prepared.cursor(parameters.getDelegate()))
                .onItem()
                .transformToMulti(cursor -> batches(cursor, batch));
    }

    private Multi<RowSet<Row>> batches(Cursor cursor, int batch) {
        return send(held -> cursor.read(batch))
                .map(rows -> RowSet.<Row>newInstance(rows, Row.__TYPE_ARG))
                .repeat()
                .whilst(rows -> cursor.hasMore());
    }

    /** Takes a connection of the pool; one that comes when nobody wants it any more goes back at once. */
    Uni<Snapshot> begin(Pool pool) {
        return Uni.createFrom()
                .<SqlConnection>emitter(emitter -> pool.getConnection()
                        .onSuccess(taken -> {
                            hold(taken);
                            emitter.complete(taken);
                        })
                        .onFailure(emitter::fail))
                .chain(taken -> send(held -> held.query(BEGIN).execute()))
                .replaceWith(this);
    }

    private synchronized void hold(SqlConnection taken) {
        if (ended) {
            taken.close();
        } else {
            AnswerWatch.bePatient(taken, PATIENCE);
            connection = taken;
        }
    }

    private synchronized void hold(PreparedStatement prepared) {
        statement = prepared;
    }

    /**
     * Hands a command to the connection, unless that has been given back, and serves somebody else: readers give up on any thread, at any
     * moment. Commands are carried out in the order of their coming; what comes after the end is never answered, since nobody waits.
     */
    private <T> Uni<T> send(Function<SqlConnection, Future<T>> command) {
        return Uni.createFrom().completionStage(() -> sendIfHeld(command).toCompletionStage());
    }

    private synchronized <T> Future<T> sendIfHeld(Function<SqlConnection, Future<T>> command) {
        SqlConnection held = connection;
        return held == null ? Promise.<T>promise().future() : command.apply(held);
    }

    /** Gives the connection back, wherever the reading has come to. */
    synchronized Uni<Void> end() {
        SqlConnection held = connection;
        ended = true;
        connection = null;
        if (held == null) {
            return Uni.createFrom().voidItem();
        }
        AnswerWatch.beUsual(held);
        closeStatement();
        Future<Void> closed = held.query("rollback")
                .execute()
                .onFailure(e -> LOG.debugf("The connection of a snapshot is gone: %s", e.toString()))
                .transform(rolledBack -> held.close())
                .otherwiseEmpty();
        return Uni.createFrom().completionStage(closed.toCompletionStage());
    }

    /** Its cursor goes with it. */
    private synchronized Future<Void> closeStatement() {
        PreparedStatement open = statement;
        statement = null;
        return open == null ? Future.succeededFuture() : open.close();
    }
}
