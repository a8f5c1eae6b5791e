package io.usher.security;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What an API key costs before anybody is asked. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ApiKeyBenchmark {
    private final String key = ApiKeySecret.generate().text();

    /** Form, checksum and the hash that it is looked up by. */
    @Benchmark
    public String parseAndHash() {
        return ApiKeySecret.parse(key).hash();
    }
}
