package io.usher.web.request;

import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.usher.web.BodyLimits;
import io.usher.web.error.ProblemWriter;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a body by its announced length before a byte of it is read, with a problem where Quarkus would answer an empty 413. Bodies
 * without a length are counted by Quarkus as they come in.
 */
@Singleton
class BodyLimit {
    private static final long LINGER_MILLIS = 5_000;

    private final BodyLimits limits;
    private final ProblemWriter problems;

    @Inject
    BodyLimit(BodyLimits limits, ProblemWriter problems) {
        this.limits = limits;
        this.problems = problems;
    }

    void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        long max = limits.of(context.normalizedPath());
        if (length(request.getHeader("Content-Length")) <= max) {
            context.next();
            return;
        }
        problems.end(context, BodyLimits.tooLarge(max));
        if (request.version() != HttpVersion.HTTP_2) {
            linger(context.vertx(), request);
        }
    }

    /**
     * Quarkus ends a request whose body grows over its limit with an empty 413, as soon as it is read. A little more room lets the body
     * reader ({@code RecordBodyReader}) see that there is too much, and say so.
     */
    void allowCounting(RoutingContext context) {
        if (context.get(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY) != null) {
            context.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, limits.admitted(context.normalizedPath()));
        }
        context.next();
    }

    /**
     * Closes the connection once the client has sent its body, or after a while: many clients look for an answer only then, and a connection
     * that is closed under them takes the answer with it (RFC 9112, section 9.6).
     */
    private static void linger(Vertx vertx, HttpServerRequest request) {
        long timer =
                vertx.setTimer(LINGER_MILLIS, ignored -> request.connection().close());
        request.handler(ignored -> {})
                .exceptionHandler(ignored -> vertx.cancelTimer(timer))
                .endHandler(ignored -> {
                    vertx.cancelTimer(timer);
                    request.connection().close();
                })
                .resume();
    }

    private static long length(@Nullable String header) {
        try {
            return header == null ? 0 : Long.parseLong(header);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
