package io.usher.bench;

import java.time.Duration;

/** Something that only computes, on as many threads as there are cores, in the benchmark's own process. */
final class CoreProbe implements Probe {
    private final String name;
    private final Workers.Work work;
    private final int threads = Runtime.getRuntime().availableProcessors();
    private final Workers workers = new Workers(threads);

    CoreProbe(String what, Workers.Work work) {
        this.name = what + ", a thread a core";
        this.work = work;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int concurrency() {
        return threads;
    }

    @Override
    public void run(Duration time, Tally tally) throws Exception {
        workers.run(work, time, tally);
    }

    @Override
    public CpuTime cpu() {
        return new CpuTime(0, 0, 0, CpuTime.of(ProcessHandle.current().pid()));
    }

    @Override
    public void close() {
        workers.close();
    }
}
