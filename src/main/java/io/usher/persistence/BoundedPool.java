package io.usher.persistence;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Makes the pool in which nobody waits for ever: for a connection, for the server to let it in, or for an answer (decision 140). */
@Singleton
class BoundedPool implements PgPoolCreator {
    private final DatabaseConfig config;

    @Inject
    BoundedPool(DatabaseConfig config) {
        this.config = config;
    }

    @Override
    public Pool create(Input input) {
        PoolOptions options = input.poolOptions()
                .setConnectionTimeout((int) config.acquireTimeout().toMillis())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxWaitQueueSize(config.maxWaiting());
        input.pgConnectOptionsList().forEach(this::bound);
        LateTimers.passOver((VertxInternal) input.vertx());
        return PgBuilder.pool()
                .with(options)
                .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
                .withConnectHandler(this::watch)
                .using(input.vertx())
                .build();
    }

    private void bound(PgConnectOptions server) {
        int connectMillis = (int) config.connectTimeout().toMillis();
        server.setPreparedStatementCacheSqlFilter(StatementCacheLimits::isCached);
        server.setConnectTimeout(connectMillis)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setReadIdleTimeout(connectMillis)
                .setTcpKeepAlive(true);
        if (server.getUseLayer7Proxy()) {
            server.setProperties(withoutFloats(server.getProperties()));
        } else {
            server.addProperty("statement_timeout", millis(config.statementTimeout()))
                    .addProperty("idle_in_transaction_session_timeout", millis(config.idleInTransactionTimeout()));
        }
    }

    /** A pooler refuses what it does not know, and all numbers here are sent in binary, which has every digit. */
    private static Map<String, String> withoutFloats(Map<String, String> properties) {
        Map<String, String> known = new HashMap<>(properties);
        known.remove("extra_float_digits");
        return known;
    }

    /** From here on a connection may be idle, but not silent when it is asked. */
    private void watch(SqlConnection fresh) {
        AnswerWatch.begin(fresh, config.answerTimeout());
        fresh.close();
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
