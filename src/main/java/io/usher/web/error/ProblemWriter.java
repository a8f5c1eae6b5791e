package io.usher.web.error;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.usher.problem.LoggedFailure;
import io.usher.problem.Problem;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.web.RequestId;
import io.usher.web.Text;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/** The one place where a failure becomes an answer, and where what the client may not know goes to the log. */
@Singleton
public class ProblemWriter {
    private static final Logger LOG = Logger.getLogger(ProblemWriter.class);
    private static final int MAX_INSTANCE = 300;

    private final ObjectMapper json;
    private final ProblemMetrics metrics;

    @Inject
    ProblemWriter(ObjectMapper json, ProblemMetrics metrics) {
        this.json = json;
        this.metrics = metrics;
    }

    /** The answer, for a resource method. */
    Response response(RoutingContext context, Throwable failure) {
        ProblemException problem = translate(
                context, isOtherMethod(failure) ? ProblemException.of(ProblemCode.METHOD_NOT_ALLOWED) : failure);
        Response.ResponseBuilder response = Response.status(problem.code().status())
                .type(Problem.MEDIA_TYPE)
                .entity(body(context, problem));
        headers(context, problem).forEach(response::header);
        if (problem.code() == ProblemCode.METHOD_NOT_ALLOWED && CurrentRequestManager.get() != null) {
            response.header("Allow", AllowedMethods.of(CurrentRequestManager.get()));
        }
        return response.build();
    }

    /** Where several classes share the beginning of a path, Quarkus REST says 404 of a method that none of them has. */
    private static boolean isOtherMethod(Throwable failure) {
        return failure instanceof NotFoundException
                && CurrentRequestManager.get() != null
                && AllowedMethods.isOther(CurrentRequestManager.get());
    }

    /** Ends a request for which the HTTP layer has set no more than a status. */
    public void end(RoutingContext context, int status) {
        ProblemException problem = HttpFailures.ofStatus(status);
        end(context, problem == null ? ProblemException.of(ProblemCode.INTERNAL_ERROR) : problem);
    }

    /** Ends a request that has not reached a resource, or never will. */
    public void end(RoutingContext context, Throwable failure) {
        ProblemException problem = translate(context, failure);
        HttpServerResponse response = context.response();
        if (response.ended() || response.headWritten()) {
            context.request().connection().close();
            return;
        }
        headers(context, problem).forEach(response::putHeader);
        response.setStatusCode(problem.code().status())
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .end(Buffer.buffer(body(context, problem)));
    }

    private ProblemException translate(RoutingContext context, Throwable failure) {
        ProblemException problem = translated(context, failure);
        metrics.count(problem.code());
        return problem;
    }

    private static ProblemException translated(RoutingContext context, Throwable failure) {
        ProblemException problem = HttpFailures.toProblem(failure);
        if (problem == null) {
            LOG.errorf(LoggedFailure.of(failure), "Request %s failed", RequestId.of(context));
            return ProblemException.of(ProblemCode.INTERNAL_ERROR);
        }
        if (problem.code().status() >= 500 && problem != failure) {
            LOG.warnf(
                    "Request %s answered %s: %s",
                    RequestId.of(context),
                    problem.code().code(),
                    LoggedFailure.of(failure).toString());
        }
        return problem;
    }

    private byte[] body(RoutingContext context, ProblemException problem) {
        String instance = Text.printable(
                context.request().path() == null ? "/" : context.request().path(), MAX_INSTANCE);
        try {
            return json.writeValueAsBytes(Problem.of(problem, instance, RequestId.of(context)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A problem is always JSON", e);
        }
    }

    private static Map<String, String> headers(RoutingContext context, ProblemException problem) {
        Map<String, String> headers = new LinkedHashMap<>();
        Duration wait = problem.retryAfter();
        if (wait != null) {
            headers.put(
                    "Retry-After",
                    Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
        }
        if (problem.code().status() == 401) {
            headers.put("WWW-Authenticate", challenge(context, problem.code()));
        }
        return headers;
    }

    /** RFC 6750, section 3: an error attribute only where a token was sent. */
    private static String challenge(RoutingContext context, ProblemCode code) {
        boolean tokenSent = context.request().headers().contains("Authorization");
        return switch (code) {
            case TOKEN_EXPIRED, SESSION_REVOKED, UNAUTHENTICATED ->
                tokenSent ? "Bearer error=\"invalid_token\"" : "Bearer";
            default -> "Bearer";
        };
    }
}
