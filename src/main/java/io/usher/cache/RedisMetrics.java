package io.usher.cache;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/** Shows whether this process asks Redis, or goes on without it, and how it is answered: Quarkus counts only what goes through its own client. */
@Singleton
class RedisMetrics {
    private final Timer answered;
    private final Timer failed;

    @Inject
    RedisMetrics(MeterRegistry metrics) {
        this.answered = timer(metrics, "answered");
        this.failed = timer(metrics, "failed");
    }

    private static Timer timer(MeterRegistry metrics, String outcome) {
        return Timer.builder("usher.redis.requests")
                .description("Commands to Redis, sets of them as one, until they were answered or had failed")
                .tag("outcome", outcome)
                .register(metrics);
    }

    void show(@Observes StartupEvent event, RedisGateway redis, MeterRegistry metrics) {
        Gauge.builder("usher.redis.available", redis, gateway -> gateway.isAvailable() ? 1 : 0)
                .description("1 where Redis is asked, 0 while the circuit is open")
                .strongReference(true)
                .register(metrics);
    }

    void count(boolean succeeded, long nanos) {
        (succeeded ? answered : failed).record(nanos, TimeUnit.NANOSECONDS);
    }
}
