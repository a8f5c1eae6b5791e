package io.usher.security;

import io.usher.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.UUID;

/** What a genuine credential claims to be, and where the state stands that says whether it still holds. */
interface Claim {
    /** The user in whose name it speaks. */
    UUID userId();

    /** Where Redis has the state. */
    String stateKey();

    /** The counter of the requests that are made with it. */
    String counter(String policy);

    /** The statement that answers the state in one row, or none; it notes the use where the last note is older than a minute. */
    String sql();

    /** The parameters of {@link #sql}. */
    Tuple parameters(Instant now, Instant minuteAgo);

    /** Reads the row of {@link #sql}. */
    CallerState state(Row row);

    /** What is answered where there is no state, or one that has expired. */
    ProblemException refusal();
}
