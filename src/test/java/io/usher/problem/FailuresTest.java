package io.usher.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What of the failures below means that a server is away, which is nobody's fault, and what is one of ours. */
class FailuresTest {
    static Stream<Throwable> away() {
        return Stream.of(
                new SocketException("Connection reset"),
                new ClosedChannelException(),
                ClosedConnectionException.INSTANCE,
                new TimeoutException(),
                // of a write, where PostgreSQL went while a request used a connection to it
                new IOException("Connection reset by peer"),
                new IOException("Broken pipe"));
    }

    @ParameterizedTest
    @MethodSource("away")
    void aConnectionThatIsGoneIsAServerThatIsAway(Throwable failure) {
        assertThat(codeOf(failure)).isEqualTo(ProblemCode.DEPENDENCY_UNAVAILABLE);
        assertThat(codeOf(new CompletionException(failure))).isEqualTo(ProblemCode.DEPENDENCY_UNAVAILABLE);
    }

    static Stream<Throwable> ours() {
        return Stream.of(
                new IOException("No such file or directory"),
                new IOException(),
                new IllegalStateException("Broken pipe"),
                new NullPointerException());
    }

    @ParameterizedTest
    @MethodSource("ours")
    void otherFailuresAreNotMadeInnocent(Throwable failure) {
        assertThat(Failures.toProblem(failure)).isNull();
    }

    @Test
    void aProblemStaysWhatItIs() {
        ProblemException problem = ProblemException.of(ProblemCode.CONFLICT);
        assertThat(Failures.toProblem(new CompletionException(problem))).isSameAs(problem);
    }

    private static ProblemCode codeOf(Throwable failure) {
        ProblemException problem = Failures.toProblem(failure);
        return problem == null ? null : problem.code();
    }
}
