package io.usher.problem;

import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.persistence.OptimisticLockException;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.hibernate.JDBCException;
import org.hibernate.StaleStateException;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/**
 * Translates what the layers below throw: servers that are away, constraints of the database, and problems that were wrapped on their
 * way up. The HTTP layer translates its own exceptions itself.
 */
public final class Failures {
    private static final int MAX_CAUSES = 12;

    /** What the system says (ECONNRESET, EPIPE) of a connection that its other side has dropped. */
    private static final Set<String> DROPPED = Set.of("Connection reset by peer", "Broken pipe");

    private Failures() {}

    /** The problem that the failure, or one of its causes, stands for; null where nothing here knows it. */
    public static @Nullable ProblemException toProblem(Throwable failure) {
        return causes(failure)
                .map(Failures::single)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Whether PostgreSQL refused a row since something unique is another row's. */
    public static boolean isUniqueViolation(Throwable failure) {
        return causes(failure).anyMatch(cause -> DatabaseFailures.UNIQUE_VIOLATION.equals(state(cause)));
    }

    /** The failure, and what it was wrapped around. */
    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES);
    }

    private static @Nullable String state(Throwable failure) {
        if (failure instanceof PgException database) {
            return database.getSqlState();
        }
        return failure instanceof JDBCException database ? database.getSQLState() : null;
    }

    private static @Nullable ProblemException single(Throwable failure) {
        if (failure instanceof ProblemException problem) {
            return problem;
        }
        if (failure instanceof PgException database) {
            return DatabaseFailures.toProblem(database);
        }
        if (failure instanceof JDBCException database) {
            return DatabaseFailures.toProblem(database.getSQLState(), constraint(database));
        }
        if (failure instanceof OptimisticLockException || failure instanceof StaleStateException) {
            return ProblemException.of(
                    ProblemCode.CONFLICT,
                    "It was changed by another request at the same time. Read it again, then send your change.");
        }
        if (failure instanceof ConnectionPoolTooBusyException) {
            return DatabaseFailures.overloaded();
        }
        return isConnectionFailure(failure) ? DatabaseFailures.unavailable() : null;
    }

    /** Hibernate reads it out of the message: it wraps the driver's exception as text. */
    private static @Nullable String constraint(JDBCException failure) {
        return failure instanceof ConstraintViolationException violation ? violation.getConstraintName() : null;
    }

    private static boolean isConnectionFailure(Throwable failure) {
        return failure instanceof SocketException
                || failure instanceof UnknownHostException
                || failure instanceof ClosedChannelException
                || failure instanceof ClosedConnectionException
                || failure instanceof TimeoutException
                || failure instanceof io.smallrye.mutiny.TimeoutException
                || isDropped(failure)
                || isPoolTimeout(failure);
    }

    /** What is written to a dropped connection fails with a bare {@code IOException}; only what is read from one with a {@code SocketException}. */
    private static boolean isDropped(Throwable failure) {
        String message = failure.getMessage();
        return failure instanceof IOException && message != null && DROPPED.contains(message);
    }

    /** The SQL and Redis pools report a wait that was too long as a bare exception with nothing but a message. */
    private static boolean isPoolTimeout(Throwable failure) {
        String message = failure.getMessage();
        return message != null
                && failure.getClass().getName().startsWith("io.vertx.")
                && (message.startsWith("Timeout")
                        || message.startsWith("Connection is closed")
                        || message.startsWith("Pool closed"));
    }
}
