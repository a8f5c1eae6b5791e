package io.usher.web.error;

import io.quarkus.security.AuthenticationException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.usher.problem.Failures;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Finds the problem for whatever ends a request: our own, the framework's, the security layer's, the servers' behind us. */
final class HttpFailures {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private HttpFailures() {}

    /** The problem that the failure stands for; null where it is a fault of ours that nobody foresaw. */
    static @Nullable ProblemException toProblem(Throwable failure) {
        ProblemException known = Failures.toProblem(failure);
        if (known != null) {
            return known;
        }
        if (failure instanceof UnauthorizedException || failure instanceof AuthenticationException) {
            return ProblemException.of(ProblemCode.UNAUTHENTICATED);
        }
        if (failure instanceof ForbiddenException) {
            return ProblemException.of(ProblemCode.FORBIDDEN);
        }
        return failure instanceof WebApplicationException http
                ? ofStatus(http.getResponse().getStatus())
                : null;
    }

    /** The problem for a status that the HTTP layer set by itself; null for those that mean a fault of ours. */
    static @Nullable ProblemException ofStatus(int status) {
        return switch (status) {
            case 400 -> ProblemException.invalid("", "format", "The request is not well-formed HTTP.");
            case 401 -> ProblemException.of(ProblemCode.UNAUTHENTICATED);
            case 403 -> ProblemException.of(ProblemCode.FORBIDDEN);
            case 404 -> ProblemException.of(ProblemCode.NOT_FOUND);
            case 405 -> ProblemException.of(ProblemCode.METHOD_NOT_ALLOWED);
            case 406 -> ProblemException.of(ProblemCode.NOT_ACCEPTABLE);
            case 413 -> ProblemException.of(ProblemCode.PAYLOAD_TOO_LARGE);
            case 414, 431 -> ProblemException.invalid("", "size", "The address or the headers are too long.");
            case 415 -> ProblemException.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
            case 503 ->
                ProblemException.retryAfter(ProblemCode.OVERLOADED, "Too much work at the moment.", RETRY_AFTER);
            default -> null;
        };
    }
}
