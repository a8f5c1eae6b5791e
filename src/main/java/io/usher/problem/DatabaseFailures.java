package io.usher.problem;

import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL's SQLSTATEs (its manual, appendix A) mean to a client of ours. */
final class DatabaseFailures {
    static final String UNIQUE_VIOLATION = "23505";

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofSeconds(1);

    private static final Map<String, ProblemCode> UNIQUE_CONSTRAINTS = Map.of(
            "users_email_key", ProblemCode.EMAIL_TAKEN,
            // follows from the address
            "users_v1_id_key", ProblemCode.EMAIL_TAKEN,
            "users_username_key", ProblemCode.USERNAME_TAKEN);

    private static final Set<String> SERIALIZATION_FAILURES = Set.of("40001", "40P01", "55P03");

    /**
     * admin_shutdown, crash_shutdown, cannot_connect_now, database_dropped, query_canceled, idle_session_timeout,
     * idle_in_transaction_session_timeout, read_only_sql_transaction.
     */
    private static final Set<String> SERVER_AWAY =
            Set.of("57P01", "57P02", "57P03", "57P04", "57014", "57P05", "25P03", "25006");

    private DatabaseFailures() {}

    /** The problem for an error that PostgreSQL reported; null where it is our own fault. */
    static @Nullable ProblemException toProblem(PgException failure) {
        return toProblem(failure.getSqlState(), failure.getConstraint());
    }

    static @Nullable ProblemException toProblem(@Nullable String state, @Nullable String constraint) {
        if (state == null || state.length() != 5) {
            return null;
        }
        if (SERVER_AWAY.contains(state)) {
            return unavailable();
        }
        if (SERIALIZATION_FAILURES.contains(state)) {
            return ProblemException.of(
                    ProblemCode.CONFLICT,
                    "Another request changed the same data at the same time. Send the request again.");
        }
        return switch (state.substring(0, 2)) {
            case "08", "53", "58" -> unavailable();
            case "54" -> ProblemException.invalid("", "size", "A value is too large to be stored.");
            case "22" -> ProblemException.invalid("", "range", "A value is out of the range that can be stored.");
            case "23" -> violation(state, constraint);
            default -> null;
        };
    }

    /** The problem for a server, or a connection to it, that is away. */
    static ProblemException unavailable() {
        return ProblemException.retryAfter(
                ProblemCode.DEPENDENCY_UNAVAILABLE, "A server that this request needs cannot be reached.", RETRY_AFTER);
    }

    /** The problem for one request more than may wait for a connection. */
    static ProblemException overloaded() {
        return ProblemException.retryAfter(
                ProblemCode.OVERLOADED, "Too many requests wait for the database at the moment.", SOON);
    }

    private static @Nullable ProblemException violation(String state, @Nullable String constraint) {
        return switch (state) {
            case UNIQUE_VIOLATION ->
                ProblemException.of(
                        constraint == null
                                ? ProblemCode.CONFLICT
                                : UNIQUE_CONSTRAINTS.getOrDefault(constraint, ProblemCode.CONFLICT));
            case "23503" ->
                ProblemException.of(
                        ProblemCode.CONFLICT, "Something that the request refers to is gone, or still in use.");
            default -> null;
        };
    }
}
