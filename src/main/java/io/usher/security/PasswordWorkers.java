package io.usher.security;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads that hash passwords. They are few and their queue is short, so that a flood of logins is turned away instead of making everybody
 * wait. What finds no place rests for a second before it looks again and is turned away (decision 172): a client that tries again at once
 * would otherwise take, with its refusals alone, the cores from those who are signed in.
 */
@ApplicationScoped
class PasswordWorkers {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final long STOP_SECONDS = 5;
    private static final Duration REST = Duration.ofSeconds(1);
    /** More would be memory for an attacker to fill; they are turned away at once. */
    private static final int MOST_RESTING = 1000;

    private final ThreadPoolExecutor pool;
    private final AtomicInteger resting = new AtomicInteger();
    private final Counter rejections;

    @Inject
    PasswordWorkers(SecurityConfig config, MeterRegistry metrics) {
        int cores = Runtime.getRuntime().availableProcessors();
        AtomicInteger number = new AtomicInteger();
        this.pool = new ThreadPoolExecutor(
                cores,
                cores,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(config.passwordQueue()),
                work -> worker(work, number.incrementAndGet()));
        Gauge.builder("usher.password.queue", pool, p -> p.getQueue().size())
                .description("Passwords that wait for a core")
                .register(metrics);
        Gauge.builder("usher.password.workers.busy", pool, ThreadPoolExecutor::getActiveCount)
                .description("Cores that hash or compare a password")
                .register(metrics);
        this.rejections = Counter.builder("usher.password.rejections")
                .description("Passwords that were not looked at because the queue was full")
                .register(metrics);
    }

    /**
     * Runs the work on a thread of the pool and hands its result over on the caller's Vert.x context, where there is one. Fails with
     * {@code overloaded} where there is no place now, nor a second later.
     */
    <T> Uni<T> run(Supplier<T> work) {
        return patiently(() -> runNow(work));
    }

    /** Completes at once where {@link #run} would find a place; otherwise as {@link #run} would. */
    Uni<Void> room() {
        return patiently(this::roomNow);
    }

    /** As {@link #run}, but fails at once, with a {@link RejectedExecutionException}, where there is no place. */
    <T> Uni<T> runNow(Supplier<T> work) {
        return Uni.createFrom().emitter(emitter -> submit(work, emitter, Vertx.currentContext()));
    }

    private Uni<Void> roomNow() {
        return pool.getQueue().remainingCapacity() > 0
                ? Uni.createFrom().voidItem()
                : Uni.createFrom().failure(new RejectedExecutionException("The queue is full"));
    }

    private <T> Uni<T> patiently(Supplier<Uni<T>> attempt) {
        return Uni.createFrom()
                .deferred(attempt::get)
                .onFailure(RejectedExecutionException.class)
                .recoverWithUni(() -> rest().chain(attempt::get))
                .onFailure(RejectedExecutionException.class)
                .transform(full -> overloaded());
    }

    private Uni<Void> rest() {
        if (resting.incrementAndGet() > MOST_RESTING) {
            resting.decrementAndGet();
            return Uni.createFrom().failure(new RejectedExecutionException("As many wait as may"));
        }
        return backOnCaller(Uni.createFrom().voidItem().onItem().delayIt().by(REST))
                .onTermination()
                .invoke(resting::decrementAndGet);
    }

    /** As many as work at once. */
    int size() {
        return pool.getMaximumPoolSize();
    }

    /** The same, with its result handed over on the context of the caller, whatever threads it went through meanwhile. */
    <T> Uni<T> backOnCaller(Uni<T> work) {
        return Uni.createFrom().deferred(() -> {
            Context caller = Vertx.currentContext();
            return caller == null ? work : work.emitOn(result -> caller.runOnContext(ignored -> result.run()));
        });
    }

    private <T> void submit(Supplier<T> work, UniEmitter<? super T> emitter, @Nullable Context caller) {
        AtomicBoolean gone = new AtomicBoolean();
        emitter.onTermination(() -> gone.set(true));
        try {
            pool.execute(() -> {
                if (!gone.get()) {
                    Runnable result = result(work, emitter);
                    handOver(caller, result);
                }
            });
        } catch (RejectedExecutionException e) {
            emitter.fail(e);
        }
    }

    private ProblemException overloaded() {
        rejections.increment();
        return ProblemException.retryAfter(
                ProblemCode.OVERLOADED, "Too many passwords are being checked at the moment.", RETRY_AFTER);
    }

    private static <T> Runnable result(Supplier<T> work, UniEmitter<? super T> emitter) {
        try {
            T result = work.get();
            return () -> emitter.complete(result);
        } catch (RuntimeException e) {
            return () -> emitter.fail(e);
        }
    }

    private static void handOver(@Nullable Context caller, Runnable result) {
        if (caller == null) {
            result.run();
        } else {
            caller.runOnContext(ignored -> result.run());
        }
    }

    private static Thread worker(Runnable work, int number) {
        Thread thread = new Thread(work, "password-" + number);
        thread.setDaemon(true);
        return thread;
    }

    @PreDestroy
    void stop() throws InterruptedException {
        pool.shutdown();
        if (!pool.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            pool.shutdownNow();
        }
    }
}
