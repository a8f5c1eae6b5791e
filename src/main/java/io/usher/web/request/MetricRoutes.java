package io.usher.web.request;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps paths that clients make up out of the labels of metrics. Where a request was refused before its route was known, the extension
 * takes the path as it came, and each id would be a new time series.
 */
@Singleton
class MetricRoutes {
    private static final Pattern ROUTE = Pattern.compile("[A-Za-z0-9/_{}.:*-]*");
    private static final Set<String> REFUSED_BEFORE_ROUTING = Set.of("405", "406", "413", "414", "415", "431", "501");

    /**
     * Bounds of the times that are counted, from which Prometheus reckons quantiles. They cost as many series for each method, route and status
     * that has occurred; the limit of 200 ms that the contract sets for p95 is one of them.
     */
    private static final DistributionStatisticConfig BUCKETS = DistributionStatisticConfig.builder()
            .serviceLevelObjectives(Stream.of(5, 10, 25, 50, 100, 200, 500, 1000, 2500)
                    .mapToDouble(TimeUnit.MILLISECONDS::toNanos)
                    .toArray())
            .build();

    @Produces
    @Singleton
    MeterFilter boundedRoutes() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return id.getName().startsWith("http.server") ? bounded(id) : id;
            }

            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                return id.getName().equals("http.server.requests") ? BUCKETS.merge(config) : config;
            }
        };
    }

    /** A method is a client's own word, too. */
    private static Meter.Id bounded(Meter.Id id) {
        Tags tags = Tags.of(id.getTags());
        String method = id.getTag("method");
        if (method != null && !MethodCheck.isKnown(method)) {
            tags = tags.and("method", MethodCheck.OTHER);
        }
        if (id.getTag("uri") != null && !hasRoute(id)) {
            tags = tags.and("uri", Route.NONE);
        }
        return id.replaceTags(tags);
    }

    private static boolean hasRoute(Meter.Id id) {
        String uri = id.getTag("uri");
        String status = id.getTag("status");
        return uri != null
                && !uri.equals("/" + Route.NONE)
                && ROUTE.matcher(uri).matches()
                && !"OPTIONS".equals(id.getTag("method"))
                && (status == null || !REFUSED_BEFORE_ROUTING.contains(status));
    }
}
