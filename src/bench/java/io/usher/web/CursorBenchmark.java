package io.usher.web;

import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One of each for a page. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CursorBenchmark {
    private static final String SORT = "createdAt.desc";

    private final Cursor cursor = new Cursor(SORT, "2026-11-20T20:15:30.123456Z", UUID.randomUUID());
    private final String text = cursor.encode();

    @Benchmark
    public String encode() {
        return cursor.encode();
    }

    @Benchmark
    public Cursor decode() {
        return Cursor.decode(text, SORT);
    }
}
