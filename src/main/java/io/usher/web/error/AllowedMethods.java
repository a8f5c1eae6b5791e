package io.usher.web.error;

import java.util.Set;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler.InitialMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper.RequestMatch;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.spi.ServerRestHandler;

/** Finds the methods that a path allows: a 405 has to name them (RFC 9110, section 15.5.6), and Quarkus REST does not. */
final class AllowedMethods {
    private AllowedMethods() {}

    /** Whether the path is there, for other methods than the request's. */
    static boolean isOther(ResteasyReactiveRequestContext context) {
        Set<String> methods = methods(context);
        return !methods.isEmpty() && !methods.contains(context.getMethod());
    }

    /** The value of {@code Allow}. */
    static String of(ResteasyReactiveRequestContext context) {
        Set<String> methods = methods(context);
        methods.add("OPTIONS");
        return String.join(", ", methods);
    }

    private static Set<String> methods(ResteasyReactiveRequestContext context) {
        TreeSet<String> methods = new TreeSet<>();
        var classes = new RequestMapper<>(context.getDeployment().getClassMappers());
        RequestMatch<InitialMatch> match = classes.map(context.getPathWithoutPrefix());
        while (match != null) {
            for (ServerRestHandler handler : match.value.handlers) {
                if (handler instanceof ClassRoutingHandler routing) {
                    addMethods(methods, routing, match.remaining.isEmpty() ? "/" : match.remaining);
                }
            }
            match = classes.continueMatching(context.getPathWithoutPrefix(), match);
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return methods;
    }

    private static void addMethods(TreeSet<String> methods, ClassRoutingHandler routing, String remaining) {
        routing.getMappers().forEach((String method, RequestMapper<RuntimeResource> mapper) -> {
            if (method != null && mapper.map(remaining) != null) {
                methods.add(method);
            }
        });
    }
}
