package io.usher.cache;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Asks Redis every second how it is. When it is back it first gets the invalidations that it is owed, and only then is it believed. */
@ApplicationScoped
class RedisWatch {
    private final RedisGateway redis;
    private final OwedInvalidations owed;

    @Inject
    RedisWatch(RedisGateway redis, OwedInvalidations owed) {
        this.redis = redis;
        this.owed = owed;
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return redis.ping()
                .chain(owed::pay)
                .invoke(redis::close)
                .onFailure()
                .invoke(redis::failed)
                .onFailure()
                .recoverWithNull();
    }
}
