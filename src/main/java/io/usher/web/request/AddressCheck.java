package io.usher.web.request;

import io.usher.problem.ProblemException;
import io.usher.web.error.ProblemWriter;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Refuses addresses that are no URIs ({@code %zz}) with a problem. Quarkus would answer an empty 400 before any filter; {@code Usher}
 * turns that check off, and this one takes its place.
 */
@Singleton
class AddressCheck {
    private final RequestScope scope;
    private final ProblemWriter problems;

    @Inject
    AddressCheck(RequestScope scope, ProblemWriter problems) {
        this.scope = scope;
        this.problems = problems;
    }

    void handle(RoutingContext context) {
        if (isWellFormed(context.request().uri())) {
            context.next();
            return;
        }
        refuse(context);
    }

    void refuse(RoutingContext context) {
        refuse(context, "The address of the request is not well-formed.");
    }

    /** For a request whose {@code Host} is missing or no host (RFC 9112, section 3.2), which Vert.x fails before any filter. */
    void refuseHost(RoutingContext context) {
        refuse(context, "The header 'Host' is missing, or not well-formed.");
    }

    private void refuse(RoutingContext context, String why) {
        scope.begin(context);
        Route.hasNone();
        problems.end(context, ProblemException.invalid("", "format", why));
    }

    static boolean isWellFormed(String uri) {
        try {
            return new URI(uri).getRawPath() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
