package io.usher.persistence;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.impl.MutinySessionImpl;
import org.hibernate.reactive.pool.ReactiveConnection;
import org.hibernate.reactive.pool.impl.SqlClientConnection;

/**
 * The same statement, with the same parameters and rows, alone or within a transaction. Hot writes are one statement each, which needs no
 * transaction around it; where something has to be committed with them they join the one transaction mechanism there is (decision 1), on
 * the connection that it holds.
 */
@ApplicationScoped
public class Statements {
    private final Pool pool;

    @Inject
    Statements(Pool pool) {
        this.pool = pool;
    }

    /** Each statement is a transaction of its own. */
    public Sql alone() {
        return (statement, parameters) -> pool.preparedQuery(statement).execute(parameters);
    }

    /** Statements are part of the present transaction ({@code Panache.withTransaction}, {@code @WithTransaction}). */
    public Sql joined() {
        return (statement, parameters) ->
                Panache.getSession().chain(session -> onConnection(session, statement, parameters));
    }

    /** The connection as it is: the one that gathers statements into batches stands in front of it. */
    private static Uni<RowSet<Row>> onConnection(Mutiny.Session session, String statement, Tuple parameters) {
        ReactiveConnection connection =
                ((MutinySessionImpl) session).getReactiveConnection().withBatchSize(1);
        return Uni.createFrom()
                .completionStage(
                        () -> ((SqlClientConnection) connection).preparedQuery(statement, parameters.getDelegate()))
                .map(rows -> RowSet.newInstance(rows, Row.__TYPE_ARG));
    }
}
