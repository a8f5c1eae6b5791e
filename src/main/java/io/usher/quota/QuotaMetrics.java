package io.usher.quota;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Counts what quotas refuse. The resources are those that are configured, so the labels are bounded. */
@Singleton
class QuotaMetrics {
    private final Map<String, Counter> refusals;

    @Inject
    QuotaMetrics(QuotaDefaults defaults, MeterRegistry metrics) {
        this.refusals = defaults.all().keySet().stream()
                .collect(Collectors.toUnmodifiableMap(Function.identity(), resource -> counter(resource, metrics)));
    }

    private static Counter counter(String resource, MeterRegistry metrics) {
        return Counter.builder("usher.quota.refusals")
                .description("Requests for more than was left of a quota")
                .tag("resource", resource)
                .register(metrics);
    }

    /** They are there from the start, at 0: a rate of what begins to be there with its first refusal would miss that one. */
    void show(@Observes StartupEvent event) {}

    void count(QuotaRepository.Taken taken, String resource) {
        Counter counter = refusals.get(resource);
        if (!taken.done() && counter != null) {
            counter.increment();
        }
    }
}
