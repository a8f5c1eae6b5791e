package io.usher.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that each do something again and again: for what blocks. */
final class Workers implements AutoCloseable {
    private final ExecutorService threads;
    private final int count;

    Workers(int count) {
        this.threads = Executors.newFixedThreadPool(count);
        this.count = count;
    }

    /** What is done, by the number of the thread. */
    interface Work {
        void run(int thread) throws Exception;
    }

    void run(Work work, Duration time, Tally tally) throws Exception {
        long begin = System.nanoTime();
        List<Future<Tally>> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int thread = i;
            parts.add(threads.submit(() -> loop(work, thread, begin + time.toNanos(), tally)));
        }
        for (Future<Tally> part : parts) {
            tally.add(part.get());
        }
        tally.lasted(System.nanoTime() - begin);
    }

    private static Tally loop(Work work, int thread, long end, Tally whole) {
        Tally part = new Tally(whole.name(), 1);
        while (System.nanoTime() < end) {
            long began = System.nanoTime();
            try {
                work.run(thread);
                part.succeeded(System.nanoTime() - began);
            } catch (Exception e) {
                part.failed(e.toString());
            }
        }
        return part;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
