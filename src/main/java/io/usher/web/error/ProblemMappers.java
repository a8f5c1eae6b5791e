package io.usher.web.error;

import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.AuthenticationRedirectException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.usher.problem.ProblemException;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Every failure of a resource, and of the framework around it, as a problem. The framework has mappers of its own for the types that
 * stand here beside {@code Throwable}; naming them is what takes their place.
 */
class ProblemMappers {
    private final ProblemWriter problems;

    @Inject
    ProblemMappers(ProblemWriter problems) {
        this.problems = problems;
    }

    @ServerExceptionMapper({
        Throwable.class,
        ProblemException.class,
        WebApplicationException.class,
        NotFoundException.class,
        ValidationException.class,
        UnauthorizedException.class,
        AuthenticationFailedException.class,
        AuthenticationCompletionException.class,
        AuthenticationRedirectException.class,
        ForbiddenException.class
    })
    Response toResponse(Throwable failure, RoutingContext context) {
        return problems.response(context, failure);
    }
}
