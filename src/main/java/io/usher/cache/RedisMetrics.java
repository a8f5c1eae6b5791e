package io.usher.cache;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Shows whether this process asks Redis, or goes on without it. */
@Singleton
class RedisMetrics {
    void show(@Observes StartupEvent event, RedisGateway redis, MeterRegistry metrics) {
        Gauge.builder("usher.redis.available", redis, gateway -> gateway.isAvailable() ? 1 : 0)
                .description("1 where Redis is asked, 0 while the circuit is open")
                .strongReference(true)
                .register(metrics);
    }
}
