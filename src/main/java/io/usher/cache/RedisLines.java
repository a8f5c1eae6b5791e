package io.usher.cache;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The line of each event loop. */
@ApplicationScoped
class RedisLines {
    private final Redis redis;
    private final Map<EventLoop, RedisLine> lines = new ConcurrentHashMap<>();

    @Inject
    RedisLines(Redis redis) {
        this.redis = redis;
    }

    /** Does something on the event loop of a context, at once where that is the present thread. */
    void use(Context context, Consumer<RedisLine> work) {
        EventLoop loop = ((ContextInternal) context).nettyEventLoop();
        RedisLine line = lines.computeIfAbsent(loop, present -> new RedisLine(present, redis));
        if (loop.inEventLoop()) {
            work.accept(line);
        } else {
            loop.execute(() -> work.accept(line));
        }
    }
}
