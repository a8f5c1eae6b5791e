package io.usher.load;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Keep-alive connections that each send one request after another for a while, and what came of it. */
final class Load implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client;
    private final int connections;
    private final Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Long> micros = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> retryAfter = new ConcurrentLinkedQueue<>();

    /** One request. */
    record Call(
            HttpMethod method,
            String path,
            @Nullable String token,
            @Nullable String body) {
        static Call get(String path, String token) {
            return new Call(HttpMethod.GET, path, token, null);
        }
    }

    Load(int port, int connections) {
        this.connections = connections;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setDefaultHost("127.0.0.1")
                .setDefaultPort(port)
                .setKeepAlive(true)
                .setPipelining(false)
                .setMaxPoolSize(connections)
                .setMaxWaitQueueSize(-1));
    }

    /** Keeps every connection busy until the time is up; {@code call} is given a running number. */
    CompletableFuture<Void> during(Duration time, IntFunction<Call> call) {
        long end = System.nanoTime() + time.toNanos();
        AtomicInteger number = new AtomicInteger();
        return onEveryConnection(() -> System.nanoTime() < end ? call.apply(number.getAndIncrement()) : null);
    }

    /** Sends this many requests, as many at once as there are connections. */
    CompletableFuture<Void> times(int count, IntFunction<Call> call) {
        AtomicInteger number = new AtomicInteger();
        return onEveryConnection(() -> {
            int next = number.getAndIncrement();
            return next < count ? call.apply(next) : null;
        });
    }

    private interface Calls {
        @Nullable
        Call next();
    }

    private CompletableFuture<Void> onEveryConnection(Calls calls) {
        CompletableFuture<?>[] loops = new CompletableFuture<?>[connections];
        for (int i = 0; i < connections; i++) {
            CompletableFuture<?> loop = new CompletableFuture<Void>();
            loops[i] = loop;
            // on an event loop: from another thread the listener of a body may come after the body
            vertx.runOnContext(ignored -> send(calls, loop));
        }
        return CompletableFuture.allOf(loops);
    }

    private void send(Calls calls, CompletableFuture<?> done) {
        Call call = calls.next();
        if (call == null) {
            done.complete(null);
            return;
        }
        long start = System.nanoTime();
        client.request(call.method(), call.path())
                .compose(request -> {
                    if (call.token() != null) {
                        request.putHeader("Authorization", "Bearer " + call.token());
                    }
                    request.putHeader("Content-Type", "application/json");
                    return call.body() == null ? request.send() : request.send(Buffer.buffer(call.body()));
                })
                .compose(response -> response.body().onSuccess(body -> record(call, response, body, start)))
                .onFailure(failure -> failures.add(call + ": " + failure))
                .onComplete(any -> send(calls, done));
    }

    private void record(Call call, HttpClientResponse response, Buffer body, long start) {
        micros.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
        statuses.computeIfAbsent(response.statusCode(), status -> new LongAdder())
                .increment();
        if (response.statusCode() == 503) {
            retryAfter.add(String.valueOf(response.getHeader("Retry-After")));
        }
        if (response.statusCode() >= 400) {
            failures.add(call.method() + " " + call.path() + ": " + response.statusCode() + " " + body);
        }
    }

    /** How many responses had this status. */
    long count(int status) {
        LongAdder count = statuses.get(status);
        return count == null ? 0 : count.sum();
    }

    long count() {
        return micros.size();
    }

    /** Every answer of 400 and more, and every request that had none. */
    java.util.List<String> failures() {
        return java.util.List.copyOf(failures);
    }

    /** What each 503 said of when to come back. */
    java.util.List<String> retryAfter() {
        return java.util.List.copyOf(retryAfter);
    }

    /** One line for people; nothing is asserted on times, which belong to the machine. */
    String summary(String what) {
        long[] sorted = micros.stream().mapToLong(Long::longValue).sorted().toArray();
        if (sorted.length == 0) {
            return what + ": no answers";
        }
        return "%s: %d connections, %d answers %s, p50 %.1f ms, p99 %.1f ms"
                .formatted(
                        what,
                        connections,
                        sorted.length,
                        statuses,
                        sorted[sorted.length / 2] / 1e3,
                        sorted[sorted.length * 99 / 100] / 1e3);
    }

    @Override
    public void close() {
        client.close();
        vertx.close();
    }
}
