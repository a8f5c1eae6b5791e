package io.usher.cache;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * The one way to Redis: every command has a time-out, and while Redis is away nobody waits for it. Answers come on the caller's Vert.x
 * context; every failure is a {@link RedisAwayException}, and is logged once when Redis goes and once when it is back.
 */
@ApplicationScoped
public class RedisGateway {
    private static final Logger LOG = Logger.getLogger(RedisGateway.class);
    private static final long TIMEOUT_MILLIS = 250;

    private final Redis redis;
    private final Vertx vertx;
    private final Clock clock;
    private final RedisCircuit circuit = new RedisCircuit();

    @Inject
    RedisGateway(Redis redis, Vertx vertx, Clock clock) {
        this.redis = redis;
        this.vertx = vertx;
        this.clock = clock;
    }

    /** Whether Redis is asked at the moment. Without it the service works from PostgreSQL: degraded, not down. */
    public boolean isAvailable() {
        return !circuit.isOpen();
    }

    /** Whether what Redis has cached may be believed: not in the first seconds after it was away. */
    public boolean isTrusted() {
        return circuit.isTrusted(clock.instant());
    }

    /** Runs a script, in one round trip once Redis knows it. On a Redis Cluster all keys have to share a hash tag. */
    public Uni<Response> run(LuaScript script, List<String> keys, List<String> arguments) {
        return guarded(() -> request(Command.EVALSHA, script.sha1(), keys, arguments))
                .onFailure(RedisGateway::isUnknownScript)
                .recoverWithUni(() -> guarded(() -> request(Command.EVAL, script.source(), keys, arguments)));
    }

    /** {@code SET key value PX millis}. */
    Uni<Void> set(String key, String value, long millis) {
        return guarded(() ->
                        Request.cmd(Command.SET).arg(key).arg(value).arg("PX").arg(millis))
                .replaceWithVoid();
    }

    /** Asks Redis even while the circuit is open, and does not change it. */
    Uni<Void> ping() {
        return send(Request.cmd(Command.PING)).replaceWithVoid();
    }

    /** As {@link #set}, even while the circuit is open. */
    Uni<Void> setForced(String key, String value, long millis) {
        return send(Request.cmd(Command.SET).arg(key).arg(value).arg("PX").arg(millis))
                .replaceWithVoid();
    }

    void close() {
        if (circuit.close(clock.instant())) {
            LOG.info("Redis is back: caching again, and limits are shared by all replicas");
        }
    }

    private static Request request(Command command, String script, List<String> keys, List<String> arguments) {
        Request request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        arguments.forEach(request::arg);
        return request;
    }

    private Uni<Response> guarded(java.util.function.Supplier<Request> request) {
        return Uni.createFrom()
                .deferred(() -> circuit.isOpen()
                        ? Uni.createFrom().failure(new RedisAwayException("not asked", null))
                        : send(request.get())
                                .invoke(circuit::succeeded)
                                .onFailure(e -> !isUnknownScript(e))
                                .invoke(this::failed));
    }

    void failed(Throwable failure) {
        if (circuit.failed()) {
            LOG.warnf(
                    "Redis is away (%s): going on from PostgreSQL alone, and with rate limits that each replica counts by itself."
                            + " Nothing has to be restarted when it is back.",
                    failure.getMessage());
        }
    }

    private Uni<Response> send(Request request) {
        return Uni.createFrom().emitter(emitter -> send(request, emitter, vertx.getOrCreateContext()));
    }

    private void send(Request request, UniEmitter<? super Response> emitter, Context caller) {
        long timer = vertx.setTimer(
                TIMEOUT_MILLIS,
                ignored -> caller.runOnContext(v -> emitter.fail(away(new TimeoutException("no answer in 250 ms")))));
        redis.send(request).onComplete(answer -> {
            vertx.cancelTimer(timer);
            if (Vertx.currentContext() == caller) {
                complete(answer, emitter);
            } else {
                caller.runOnContext(v -> complete(answer, emitter));
            }
        });
    }

    private static void complete(AsyncResult<Response> answer, UniEmitter<? super Response> emitter) {
        if (answer.succeeded()) {
            emitter.complete(answer.result());
        } else {
            emitter.fail(away(answer.cause()));
        }
    }

    private static RedisAwayException away(Throwable cause) {
        return new RedisAwayException(String.valueOf(cause.getMessage()), cause);
    }

    private static boolean isUnknownScript(Throwable failure) {
        return failure instanceof RedisAwayException
                && String.valueOf(failure.getMessage()).startsWith("NOSCRIPT");
    }
}
