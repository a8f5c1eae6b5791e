package io.usher.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With the pool of Vert.x itself, and a server that refuses connections. */
class LateTimersTest {
    private static final int WAIT_MILLIS = 300;

    private final Vertx vertx = Vertx.vertx();
    private final List<Throwable> told = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Where this fails, Vert.x has mended it, and {@link LateTimers} can go. */
    @Test
    void vertxTellsOfATimerThatComesTooLate() throws Exception {
        vertx.exceptionHandler(told::add);

        askForAConnection();

        await().atMost(10, TimeUnit.SECONDS).until(() -> !told.isEmpty());
        assertThat(told).allMatch(LateTimers::isLateTimer);
    }

    @Test
    void whichIsPassedOverAndNothingElse() throws Exception {
        vertx.exceptionHandler(told::add);
        LateTimers.passOver((VertxInternal) vertx);

        askForAConnection();
        IllegalStateException other = new IllegalStateException("Result is already complete");
        vertx.setTimer(3L * WAIT_MILLIS, ignored -> {
            throw other;
        });

        await().atMost(10, TimeUnit.SECONDS).until(() -> !told.isEmpty());
        assertThat(told).containsExactly(other);
    }

    private void askForAConnection() throws IOException {
        Pool pool = PgBuilder.pool()
                .with(new PoolOptions()
                        .setMaxSize(1)
                        .setConnectionTimeout(WAIT_MILLIS)
                        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
                .connectingTo(new PgConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(closedPort())
                        .setDatabase("none")
                        .setUser("nobody")
                        .setPassword("none"))
                .using(vertx)
                .build();
        assertThat(pool.query("select 1").execute().toCompletionStage().toCompletableFuture())
                .failsWithin(10, TimeUnit.SECONDS);
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
