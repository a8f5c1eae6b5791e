package io.usher.web.request;

import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.usher.web.error.ProblemWriter;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * What happens to every request before Quarkus's own filters (CORS, authentication) and routes, in this order. The host mapping comes
 * first, because starting the routing again throws away what was set on the response.
 */
@Singleton
class HttpFilters {
    private static final int ADDRESS_CHECK = 1010;
    private static final int HOST_MAPPING = 1000;
    private static final int REQUEST_SCOPE = 990;
    private static final int METHOD_CHECK = 985;
    private static final int BODY_LIMIT = 980;
    private static final int DOCUMENTATION = 970;

    /** Right after Quarkus's own handler of authentication, which has the same priority and is there first. */
    private static final int AUTHENTICATION_FAILURE = 200;

    /** After Quarkus has set its own limit, with priority 2. */
    private static final int STREAM_LIMIT = 1;

    private final AddressCheck addressCheck;
    private final RequestScope scope;
    private final MethodCheck methodCheck;
    private final BodyLimit bodyLimit;
    private final ProblemWriter problems;

    @Inject
    HttpFilters(
            AddressCheck addressCheck,
            RequestScope scope,
            MethodCheck methodCheck,
            BodyLimit bodyLimit,
            ProblemWriter problems) {
        this.addressCheck = addressCheck;
        this.scope = scope;
        this.methodCheck = methodCheck;
        this.bodyLimit = bodyLimit;
        this.problems = problems;
    }

    void onMain(@Observes Filters filters) {
        filters.register(addressCheck::handle, ADDRESS_CHECK);
        filters.register(HostMapping::handle, HOST_MAPPING);
        filters.register(scope::handle, REQUEST_SCOPE);
        filters.register(methodCheck::handle, METHOD_CHECK);
        filters.register(bodyLimit::handle, BODY_LIMIT);
        filters.register(DocumentationRedirect::handle, DOCUMENTATION);
        filters.register(HttpFilters::leaveFailuresToResources, AUTHENTICATION_FAILURE);
        filters.register(bodyLimit::allowCounting, STREAM_LIMIT);
    }

    /**
     * Who a request comes from is asked by resources alone, whose failures are theirs. Quarkus REST takes this handler away itself before its first
     * resource; but until then, for every request, it makes a new map of all routes to find the template of one that may fail (a tenth of
     * the time of a small request; docs/performance.md), which {@link Route} does without.
     */
    private static void leaveFailuresToResources(RoutingContext context) {
        context.remove(QuarkusHttpUser.AUTH_FAILURE_HANDLER);
        context.next();
    }

    /** Failures outside of a resource: they look for the first failure handler from the top, so this one comes before Quarkus's. */
    void onFailure(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE + 1).failureHandler(this::fail);
    }

    void onManagement(@Observes ManagementInterface management) {
        management.router().route().order(Integer.MIN_VALUE).handler(scope::handleUnlogged);
    }

    private void fail(RoutingContext context) {
        if (!AddressCheck.isWellFormed(context.request().uri())) {
            addressCheck.refuse(context);
        } else if (context.request().authority() == null) {
            addressCheck.refuseHost(context);
        } else if (context.failure() == null) {
            problems.end(context, context.statusCode());
        } else {
            problems.end(context, context.failure());
        }
    }
}
