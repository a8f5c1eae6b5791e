package io.usher.ratelimit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts decisions, by the policies' names, which are few and all our own. A registry's own look-up would cost each request its tags. */
@Singleton
class LimitMetrics {
    private final Map<String, Counters> byPolicy = new ConcurrentHashMap<>();
    private final MeterRegistry metrics;
    private final Counter alone;

    @Inject
    LimitMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
        this.alone = Counter.builder("usher.rate.limit.alone")
                .description("Decisions that this process made by itself, Redis being away")
                .register(metrics);
    }

    private record Counters(Counter allowed, Counter refused) {}

    void count(Policy policy, boolean allowed) {
        Counters counters = byPolicy.get(policy.name());
        if (counters == null) {
            counters = byPolicy.computeIfAbsent(policy.name(), this::register);
        }
        (allowed ? counters.allowed : counters.refused).increment();
    }

    void countAlone() {
        alone.increment();
    }

    private Counters register(String policy) {
        return new Counters(counter(policy, "allowed"), counter(policy, "refused"));
    }

    private Counter counter(String policy, String outcome) {
        return Counter.builder("usher.rate.limit")
                .description("Decisions of the rate limits")
                .tag("policy", policy)
                .tag("outcome", outcome)
                .register(metrics);
    }
}
