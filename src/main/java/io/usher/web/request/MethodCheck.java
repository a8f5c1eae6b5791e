package io.usher.web.request;

import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.web.error.ProblemWriter;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Set;

/** Refuses TRACE and whatever else nothing here is made for: some of Quarkus's own routes answer any method. */
@Singleton
class MethodCheck {
    /** Stands in logs and metrics for what clients make up. */
    static final String OTHER = "OTHER";

    private static final String KNOWN = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
    private static final Set<String> METHODS = Set.of(KNOWN.split(", "));

    private final ProblemWriter problems;

    @Inject
    MethodCheck(ProblemWriter problems) {
        this.problems = problems;
    }

    /** The method's name where it is one of them, {@link #OTHER} where a client made it up. */
    static String known(HttpMethod method) {
        return isKnown(method.name()) ? method.name() : OTHER;
    }

    static boolean isKnown(String method) {
        return METHODS.contains(method);
    }

    void handle(RoutingContext context) {
        if (isKnown(context.request().method().name())) {
            context.next();
            return;
        }
        context.response().putHeader("Allow", KNOWN);
        problems.end(context, ProblemException.of(ProblemCode.METHOD_NOT_ALLOWED));
    }
}
