package io.usher.replicas;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * So many requests a second by a fixed schedule, whether the ones before were answered or not (an open loop). Latency counts from the moment that
 * the schedule names, so that a client that is held up does not hide what its users would have waited.
 */
final class SteadyLoad implements AutoCloseable {
    private static final long TICK_MILLIS = 5;
    private static final double STEADY_MILLIS = 250;

    private final Vertx vertx = Vertx.vertx();
    private final Balancer balancer;
    private final Traffic traffic;
    private final int perSecond;
    private final ConcurrentLinkedQueue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private final AtomicInteger open = new AtomicInteger();
    private long begin;
    private int sent;
    private long timer;
    private volatile boolean ended;

    /**
     * What came of a request.
     *
     * @param due when the schedule wanted it, {@link System#nanoTime}
     * @param sent when it had a connection; 0 where it never had one
     * @param status of the answer; 0 where there was none
     * @param said the problem's code, or why there was no answer
     */
    record Outcome(
            Traffic.Call call, @Nullable Replica replica, long due, long sent, long answered, int status, String said) {
        double millis() {
            return (answered - due) / 1e6;
        }

        boolean isFine() {
            return status >= 200 && status < 300;
        }
    }

    SteadyLoad(Traffic traffic, int perSecond, Replica... replicas) {
        this.traffic = traffic;
        this.perSecond = perSecond;
        this.balancer = new Balancer(vertx, replicas);
    }

    SteadyLoad begin() {
        begin = System.nanoTime();
        timer = vertx.setPeriodic(TICK_MILLIS, tick -> sendWhatIsDue());
        return this;
    }

    /** Whether as many were answered in the last second as were due, and at once: the code is compiled, and the pools are filled. */
    boolean isSteady() {
        long aSecondAgo = System.nanoTime() - TimeUnit.SECONDS.toNanos(1);
        List<Outcome> last = outcomes(outcome -> outcome.answered() > aSecondAgo);
        return last.size() > perSecond * 9 / 10
                && last.size() < perSecond * 12 / 10
                && last.stream().allMatch(Outcome::isFine)
                && p99(last) < STEADY_MILLIS;
    }

    /** Sends nothing more; whether everything was answered or given up is {@link #isOver}. */
    void end() {
        ended = true;
        vertx.cancelTimer(timer);
    }

    boolean isOver() {
        return ended && open.get() == 0;
    }

    private void sendWhatIsDue() {
        long due = begin + TimeUnit.SECONDS.toNanos(1) / perSecond * sent;
        while (!ended && due <= System.nanoTime()) {
            send(traffic.call(sent), due);
            sent++;
            due = begin + TimeUnit.SECONDS.toNanos(1) / perSecond * sent;
        }
    }

    private void send(Traffic.Call call, long due) {
        open.incrementAndGet();
        balancer.open(call.method(), call.path())
                .onSuccess(opened -> send(call, due, opened))
                .onFailure(refused -> note(new Outcome(call, null, due, 0, System.nanoTime(), 0, refused.toString())));
    }

    private void send(Traffic.Call call, long due, Balancer.Opened opened) {
        long now = System.nanoTime();
        call.headers().forEach(opened.request()::putHeader);
        opened.request()
                .send(Buffer.buffer(call.body()))
                .compose(answer -> answer.body().map(body -> outcome(call, opened, due, now, answer, body)))
                .otherwise(gone ->
                        new Outcome(call, opened.replica(), due, now, System.nanoTime(), 0, String.valueOf(gone)))
                .onSuccess(this::note);
    }

    private static Outcome outcome(
            Traffic.Call call, Balancer.Opened opened, long due, long sent, HttpClientResponse answer, Buffer body) {
        String said = answer.statusCode() < 400 ? "" : new JsonObject(body).getString("code", body.toString());
        return new Outcome(call, opened.replica(), due, sent, System.nanoTime(), answer.statusCode(), said);
    }

    private void note(Outcome outcome) {
        outcomes.add(outcome);
        open.decrementAndGet();
    }

    List<Outcome> outcomes(Predicate<Outcome> which) {
        return outcomes.stream().filter(which).toList();
    }

    /** The latency that 99 of 100 of those stay below. */
    static double p99(List<Outcome> some) {
        double[] sorted = some.stream().mapToDouble(Outcome::millis).sorted().toArray();
        return sorted[(int) Math.ceil(sorted.length * 0.99) - 1];
    }

    @Override
    public void close() {
        end();
        balancer.close();
        vertx.close();
    }
}
