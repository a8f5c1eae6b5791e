package io.usher.cache;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Redis;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The line of each event loop. */
@ApplicationScoped
class RedisLines {
    private final Vertx vertx;
    private final RedisSettings settings;
    private final Map<EventLoop, RedisLine> lines = new ConcurrentHashMap<>();
    private final AtomicInteger made = new AtomicInteger();

    @Inject
    RedisLines(Vertx vertx, RedisSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
    }

    /** Does something on the event loop of a context, at once where that is the present thread. */
    void use(Context context, Consumer<RedisLine> work) {
        ContextInternal internal = (ContextInternal) context;
        EventLoop loop = internal.nettyEventLoop();
        RedisLine line = lines.computeIfAbsent(loop, present -> new RedisLine(home(internal), this::client));
        if (loop.inEventLoop()) {
            work.accept(line);
        } else {
            loop.execute(() -> work.accept(line));
        }
    }

    /** A context of the event loop that no request comes and goes with. */
    private static ContextInternal home(ContextInternal any) {
        return any.owner().createEventLoopContext(any.nettyEventLoop(), any.workerPool(), any.classLoader());
    }

    private Redis client() {
        return Redis.createClient(vertx, settings.forLine(made.getAndIncrement()));
    }

    @PreDestroy
    void close() {
        lines.values().forEach(RedisLine::close);
    }
}
