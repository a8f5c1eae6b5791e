package io.usher.web.stream;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.RestMulti;

/**
 * Streams of server-sent events (decision 86). A stream is a state that is looked at once a second, while its client takes what it is sent: a
 * slow client gets less, and always the newest.
 */
@ApplicationScoped
public class EventStreams {
    /** The media type of what is sent. */
    public static final String MEDIA_TYPE = "text/event-stream";

    private static final long STEP_MILLIS = 1000;
    private static final Duration SOON = Duration.ofSeconds(3);
    private static final Duration BEFORE_THE_END = Duration.ofMillis(500);

    private final StreamSlots slots;
    private final StreamConfig config;
    private final Vertx vertx;
    private final Optional<Duration> shutdownDelay;
    private final Set<MultiEmitter<?>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    @Inject
    EventStreams(
            StreamSlots slots,
            StreamConfig config,
            Vertx vertx,
            @ConfigProperty(name = "quarkus.shutdown.delay") Optional<Duration> shutdownDelay) {
        this.slots = slots;
        this.config = config;
        this.vertx = vertx;
        this.shutdownDelay = shutdownDelay;
    }

    /**
     * A stream, to be answered by a resource method that declares no media type: the framework's own server-sent events send the head before
     * anything can fail. Fails with {@code overloaded} or {@code rate_limited} where there are too many, and with what the source fails with
     * first.
     */
    public Multi<byte[]> open(EventSource source) {
        Multi<byte[]> events = Multi.createFrom().deferred(() -> begin(source));
        return RestMulti.fromMultiData(events)
                .header(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache, no-store, no-transform")
                .header("X-Accel-Buffering", "no")
                .build();
    }

    private Multi<byte[]> begin(EventSource source) {
        if (stopping) {
            throw ProblemException.retryAfter(ProblemCode.OVERLOADED, "The service is stopping.", SOON);
        }
        Runnable giveBack = slots.take(source.owner());
        OpenStream stream = new OpenStream(source, config.heartbeat());
        Context context = vertx.getOrCreateContext();
        return steps().onItem()
                .transformToUniAndConcatenate(
                        step -> stream.next().emitOn(work -> context.runOnContext(v -> work.run())))
                .select()
                .first(bytes -> bytes != OpenStream.END)
                .onTermination()
                .invoke(giveBack);
    }

    /** One at once, then one a second; those that nobody takes are dropped, but for one. */
    private Multi<Long> steps() {
        return Multi.createFrom()
                .emitter(
                        emitter -> {
                            open.add(emitter);
                            long timer = vertx.setPeriodic(STEP_MILLIS, emitter::emit);
                            emitter.onTermination(() -> {
                                vertx.cancelTimer(timer);
                                open.remove(emitter);
                            });
                            emitter.emit(timer);
                        },
                        BackPressureStrategy.LATEST);
    }

    /** Just before the requests in flight are waited for, as streams would be; and when proxies have had the time to look for another replica. */
    void stopSoon(@Observes ShutdownDelayInitiatedEvent event) {
        Duration left = shutdownDelay.orElse(Duration.ZERO).minus(BEFORE_THE_END);
        vertx.setTimer(Math.max(1, left.toMillis()), ended -> end());
    }

    void stop(@Observes ShutdownEvent event) {
        end();
    }

    /** Ends every stream: its client finds another replica. */
    private void end() {
        stopping = true;
        open.forEach(MultiEmitter::complete);
    }
}
