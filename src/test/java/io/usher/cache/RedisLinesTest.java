package io.usher.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.usher.testing.RealServers;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealServers.class)
class RedisLinesTest {
    private static final int SEVERAL = 20;

    @Inject
    RedisLines lines;

    @Inject
    Vertx vertx;

    /** An answer that another thread reads costs each request two changes of thread. */
    @Test
    void everyEventLoopReadsItsOwnAnswers() throws Exception {
        List<EventLoop> loops = eventLoops();
        assertThat(loops).hasSizeGreaterThan(1);
        for (EventLoop loop : loops) {
            for (int i = 0; i < SEVERAL; i++) {
                assertThat(answeredOn(loop)).as("command %s", i).isTrue();
            }
        }
    }

    private boolean answeredOn(EventLoop loop) throws Exception {
        ContextInternal context = ((VertxInternal) vertx).createEventLoopContext(loop, null, null);
        Promise<Boolean> same = Promise.promise();
        context.runOnContext(v -> lines.use(context, line -> line.send(Request.cmd(Command.PING))
                .map(pong -> loop.inEventLoop())
                .onComplete(same)));
        return same.future().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    private List<EventLoop> eventLoops() {
        List<EventLoop> loops = new ArrayList<>();
        for (EventExecutor loop : ((VertxInternal) vertx).getEventLoopGroup()) {
            loops.add((EventLoop) loop);
        }
        return loops;
    }
}
