package io.usher.problem;

import io.vertx.pgclient.PgException;
import org.hibernate.HibernateException;
import org.jspecify.annotations.Nullable;

/**
 * A failure as the log may have it. PostgreSQL quotes rows in its messages ({@code Failing row contains (…, ada@example.com, …)}), and they
 * come back in the messages of whatever wraps them; of these the log has the type, SQLSTATE and constraint, and where it happened.
 */
public final class LoggedFailure extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int MAX_CAUSES = 12;

    private LoggedFailure(Throwable failure, @Nullable LoggedFailure cause, boolean quotes) {
        super(quotes ? withoutData(failure) : failure.toString(), cause);
        setStackTrace(failure.getStackTrace());
    }

    /** The failure itself where it has nothing to do with the database; a copy that quotes no data otherwise. */
    public static Throwable of(Throwable failure) {
        return quotesData(failure) ? copy(failure, MAX_CAUSES) : failure;
    }

    private static boolean quotesData(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            if (cause instanceof PgException || cause instanceof HibernateException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static LoggedFailure copy(Throwable failure, int left) {
        Throwable cause = failure.getCause();
        return new LoggedFailure(
                failure, cause == null || left == 0 ? null : copy(cause, left - 1), quotesData(failure));
    }

    private static String withoutData(Throwable failure) {
        String type = failure.getClass().getName();
        return failure instanceof PgException database
                ? type + ", SQLSTATE " + database.getSqlState() + ", constraint " + database.getConstraint()
                : type;
    }
}
