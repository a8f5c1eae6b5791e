package io.usher.cache;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.usher.cache.Generations.ScriptCall;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The one way to Redis: every command has a time-out, and while Redis is away nobody waits for it. Answers come on the caller's Vert.x
 * context; every failure is a {@link RedisAwayException}, and is logged once when Redis goes and once when it is back.
 */
@ApplicationScoped
public class RedisGateway {
    private static final Logger LOG = Logger.getLogger(RedisGateway.class);
    static final long TIMEOUT_MILLIS = 250;

    private final Redis redis;
    private final RedisLines lines;
    private final Vertx vertx;
    private final Clock clock;
    private final RedisMetrics metrics;
    private final boolean cluster;
    private final RedisCircuit circuit = new RedisCircuit();

    @Inject
    RedisGateway(
            Redis redis,
            RedisLines lines,
            Vertx vertx,
            Clock clock,
            RedisMetrics metrics,
            @ConfigProperty(name = "quarkus.redis.client-type", defaultValue = "standalone") String clientType) {
        this.redis = redis;
        this.lines = lines;
        this.vertx = vertx;
        this.clock = clock;
        this.metrics = metrics;
        this.cluster = !clientType.equals("standalone");
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
        return guarded(() -> send(request(Command.EVALSHA, script.sha1(), keys, arguments)))
                .onFailure(RedisGateway::isUnknownScript)
                .recoverWithUni(() -> guarded(() -> send(request(Command.EVAL, script.source(), keys, arguments))));
    }

    /** {@code SET key value PX millis}. */
    Uni<Void> set(String key, String value, long millis) {
        Request set = Request.cmd(Command.SET).arg(key).arg(value).arg("PX").arg(millis);
        return guarded(() -> send(set)).replaceWithVoid();
    }

    /** Runs a few hundred scripts in about the time of one: none waits for the answer to the one before. */
    Uni<Void> runEach(List<ScriptCall> calls) {
        return guarded(() -> runEachForced(calls));
    }

    /** As {@link #runEach}, even while the circuit is open. */
    Uni<Void> runEachForced(List<ScriptCall> calls) {
        return sendAll(calls.stream()
                .map(call -> request(Command.EVAL, call.script().source(), List.of(call.key()), call.arguments()))
                .toList());
    }

    /** Asks Redis even while the circuit is open, and does not change it. */
    Uni<Void> ping() {
        return send(Request.cmd(Command.PING)).replaceWithVoid();
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

    private <T> Uni<T> guarded(Supplier<Uni<T>> question) {
        return Uni.createFrom()
                .deferred(() -> circuit.isOpen()
                        ? Uni.createFrom().failure(new RedisAwayException("not asked", null))
                        : question.get()
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

    /** Where there are several servers, which connection a command has to take is for the client to find. */
    private Uni<Response> send(Request request) {
        return ask(line -> cluster ? redis.send(request) : line.send(request));
    }

    /** On one connection, which writes them one behind the other; on a Redis Cluster each still finds its own node. */
    private Uni<Void> sendAll(List<Request> requests) {
        if (requests.size() == 1) {
            return send(requests.get(0)).replaceWithVoid();
        }
        return ask(line -> redis.connect().compose(connection -> Future.all(
                        requests.stream().map(connection::send).toList())
                .<Void>mapEmpty()
                .onComplete(ended -> connection.close())));
    }

    private <T> Uni<T> ask(Function<RedisLine, Future<T>> question) {
        return Uni.createFrom().emitter(emitter -> {
            Context caller = vertx.getOrCreateContext();
            lines.use(caller, line -> ask(line, question, emitter, caller));
        });
    }

    private <T> void ask(
            RedisLine line, Function<RedisLine, Future<T>> question, UniEmitter<? super T> emitter, Context caller) {
        long began = System.nanoTime();
        RedisLine.Wait wait = line.begin(() -> {
            metrics.count(false, System.nanoTime() - began);
            caller.runOnContext(v -> emitter.fail(away(new TimeoutException("no answer in 250 ms"))));
        });
        question.apply(line).onComplete(answer -> {
            if (wait.end()) {
                metrics.count(answer.succeeded(), System.nanoTime() - began);
            }
            ContextInternal context = (ContextInternal) caller;
            if (context.isEventLoopContext() && context.nettyEventLoop().inEventLoop()) {
                // the thread is there already
                context.dispatch(answer, present -> complete(present, emitter));
            } else {
                caller.runOnContext(v -> complete(answer, emitter));
            }
        });
    }

    private static <T> void complete(AsyncResult<T> answer, UniEmitter<? super T> emitter) {
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
