package io.usher.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** The same thing many times at once. */
public final class Parallel {
    private Parallel() {}

    /** As many at once as keep a small machine busy, which also runs the servers. */
    private static final int THREADS = 4;

    /** Does something with each of them, several at once. */
    public static <T> void each(List<T> items, Consumer<? super T> work) {
        times(items.size(), THREADS, i -> {
            work.accept(items.get(i));
            return i;
        });
    }

    /** Runs it {@code count} times, as many at once as there are threads; answers what each came to, in the order of their numbers. */
    public static <T> List<T> times(int count, int threads, IntFunction<T> work) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<T>> calls = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                calls.add(() -> work.apply(number));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> done : pool.invokeAll(calls)) {
                results.add(done.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
