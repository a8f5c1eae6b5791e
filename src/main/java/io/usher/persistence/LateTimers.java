package io.usher.persistence;

import io.vertx.core.Handler;
import io.vertx.core.impl.VertxInternal;

/**
 * Keeps an error out of the log that is none: where the wait for a connection fails before its time is up, as it does while PostgreSQL is away, Vert.x
 * 4.5 leaves the timer running, which then fails what has failed already ({@code SqlConnectionPool.execute}).
 */
final class LateTimers {
    private static final String POOL = "io.vertx.sqlclient.impl.pool.SqlConnectionPool";

    private LateTimers() {}

    /** Everything else goes to the handler that there was. */
    static void passOver(VertxInternal vertx) {
        Handler<Throwable> others = vertx.exceptionHandler();
        vertx.exceptionHandler(failure -> {
            if (!isLateTimer(failure) && others != null) {
                others.handle(failure);
            }
        });
    }

    static boolean isLateTimer(Throwable failure) {
        StackTraceElement[] frames = failure.getStackTrace();
        return failure instanceof IllegalStateException
                && "Result is already complete".equals(failure.getMessage())
                && frames.length > 1
                && frames[1].getClassName().equals(POOL);
    }
}
