package io.usher.security;

import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.OperationScopes.Rule;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.mapping.URITemplate;
import org.jspecify.annotations.Nullable;

/** Holds every request that is made with an API key against {@link OperationScopes}. It runs once it is known who calls. */
@Singleton
class KeyScopeFilter {
    private static final Rule NEVER = new Rule(null, false);

    private final Map<RuntimeResource, Rule> rules = new ConcurrentHashMap<>();

    @ServerRequestFilter
    void requireScope() {
        ResteasyReactiveRequestContext request = CurrentRequestManager.get();
        Rule rule = rules.computeIfAbsent(request.getTarget(), KeyScopeFilter::rule);
        Caller.@Nullable Key key = rule.open() ? null : keyOf(request.unwrap(RoutingContext.class));
        if (key != null) {
            requireScope(key, rule.scope());
        }
    }

    /** The key of a caller that is known by now. Where the operation asked for none, nobody was, and asking here would block. */
    private static Caller.@Nullable Key keyOf(RoutingContext context) {
        return context.user() instanceof QuarkusHttpUser user
                        && user.getSecurityIdentity().getPrincipal() instanceof Caller caller
                ? caller.apiKey()
                : null;
    }

    private static void requireScope(Caller.Key key, @Nullable KeyScope scope) {
        if (scope == null) {
            throw never();
        }
        if (!key.covers(scope)) {
            throw ProblemException.of(
                    ProblemCode.INSUFFICIENT_SCOPE, "The API key needs the scope '" + scope.value() + "' for this.");
        }
    }

    /** What a key is told of an operation that no scope is enough for. */
    static ProblemException never() {
        return ProblemException.of(
                ProblemCode.INSUFFICIENT_SCOPE, "No API key may do this, whatever its scopes: sign in.");
    }

    private static Rule rule(RuntimeResource resource) {
        String operation = resource.getHttpMethod() + " " + path(resource.getClassPath()) + path(resource.getPath());
        Rule rule = OperationScopes.find(operation);
        return rule == null ? NEVER : rule;
    }

    private static String path(@Nullable URITemplate template) {
        String path = template == null ? "" : template.template;
        path = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return path.isEmpty() || path.startsWith("/") ? path : "/" + path;
    }
}
