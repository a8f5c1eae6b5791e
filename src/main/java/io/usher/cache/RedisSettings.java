package io.usher.cache;

import io.quarkus.arc.Unremovable;
import io.quarkus.redis.client.RedisOptionsCustomizer;
import io.quarkus.redis.runtime.client.config.RedisConfig;
import io.vertx.redis.client.RedisOptions;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What {@code quarkus.redis.*} says, as Quarkus gives it to its own client, for the clients of {@link RedisLines}: a client of Vert.x has all of its
 * connections on the event loop on which it was made, so that each event loop needs one.
 */
@Singleton
@Unremovable
class RedisSettings implements RedisOptionsCustomizer {
    private final AtomicReference<@Nullable RedisOptions> options = new AtomicReference<>();

    @Override
    public void customize(String clientName, RedisOptions settled) {
        if (RedisConfig.isDefaultClient(clientName)) {
            options.set(new RedisOptions(settled));
        }
    }

    /** A copy of its own, with a pool that is named after the event loop in metrics. */
    RedisOptions forLine(int number) {
        RedisOptions settled = options.get();
        if (settled == null) {
            throw new IllegalStateException("Quarkus has made no client for Redis yet");
        }
        return new RedisOptions(settled).setPoolName("line-" + number);
    }
}
