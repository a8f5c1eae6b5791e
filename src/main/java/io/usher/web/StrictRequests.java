package io.usher.web;

import io.usher.problem.ProblemException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;

/**
 * Refuses what the framework would leave out in silence, though the client believes to have asked for it: query parameters of operations that have
 * none, which are those without {@link QueryParameters}, and conditions that are there and empty, as of a client whose variable was. It runs
 * once it is known that the caller may call the operation.
 */
@Singleton
class StrictRequests {
    private static final int AFTER_RIGHTS = Priorities.USER + 100;
    private static final List<String> CONDITIONS = List.of(IdempotencyKey.HEADER, "If-Match");

    private final Map<RuntimeResource, Boolean> readers = new ConcurrentHashMap<>();

    @ServerRequestFilter(priority = AFTER_RIGHTS)
    void check() {
        ResteasyReactiveRequestContext context = CurrentRequestManager.get();
        HttpServerRequest request = context.unwrap(RoutingContext.class).request();
        String query = request.query();
        if (query != null && !query.isEmpty() && !readsQuery(context.getTarget())) {
            new QueryReader(context.getUriInfo().getQueryParameters()).done();
        }
        for (String condition : CONDITIONS) {
            String value = request.getHeader(condition);
            if (value != null && value.isBlank()) {
                throw ProblemException.invalid(condition, "required", "must not be empty where it is there");
            }
        }
    }

    private boolean readsQuery(RuntimeResource operation) {
        return readers.computeIfAbsent(
                operation, one -> Stream.of(one.getParameterTypes()).anyMatch(QueryParameters.class::isAssignableFrom));
    }
}
