package io.usher.web.request;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.smallrye.common.vertx.ContextLocals;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keeps paths that clients make up out of the labels of metrics. Where a request was refused before its route was known, the extension
 * takes the path as it came, and each id would be a new time series.
 */
@Singleton
class MetricRoutes {
    private static final String NO_ROUTE = "NO_ROUTE";

    /** Where the extension looks for the template that a request was routed by. */
    private static final String TEMPLATE = "UrlPathTemplate";

    private static final Pattern ROUTE = Pattern.compile("[A-Za-z0-9/_{}.:*-]*");
    private static final Set<String> REFUSED_BEFORE_ROUTING = Set.of("405", "406", "413", "414", "415", "431", "501");

    /** To be said of a request that is refused before its route is known, with a status that others have, too. */
    static void hasNone() {
        ContextLocals.put(TEMPLATE, "/" + NO_ROUTE);
    }

    @Produces
    @Singleton
    MeterFilter boundedRoutes() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return id.getName().startsWith("http.server.requests") && !hasRoute(id)
                        ? id.replaceTags(Tags.of(id.getTags()).and(Tag.of("uri", NO_ROUTE)))
                        : id;
            }
        };
    }

    private static boolean hasRoute(Meter.Id id) {
        String uri = id.getTag("uri");
        String status = id.getTag("status");
        return uri != null
                && !uri.equals("/" + NO_ROUTE)
                && ROUTE.matcher(uri).matches()
                && !"OPTIONS".equals(id.getTag("method"))
                && (status == null || !REFUSED_BEFORE_ROUTING.contains(status));
    }
}
