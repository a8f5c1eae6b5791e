package io.usher.quota;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The windows that a moment is in, both of which are computed for every take. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class QuotaWindowBenchmark {
    private Instant moment = Instant.parse("2026-11-20T20:15:30.123Z");

    @Benchmark
    public QuotaWindow daily() {
        return QuotaWindow.at(QuotaType.DAILY, moment);
    }

    @Benchmark
    public QuotaWindow weekly() {
        return QuotaWindow.at(QuotaType.WEEKLY, moment);
    }
}
