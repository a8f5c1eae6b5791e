package io.usher.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * What a probe did: times of what succeeded, counts of what did not, and the time on a core that it took. Written by one thread at a time, so that
 * probes with several threads {@link #add} theirs up.
 */
final class Tally {
    private static final double NANOS = 1e9;
    private static final double NANOS_IN_MILLI = 1e6;

    private final String name;
    private final int concurrency;
    private final Histogram times = new Histogram(3);
    private final Map<String, Long> failures = new TreeMap<>();
    private long nanos;
    private CpuTime cpu = CpuTime.NONE;

    Tally(String name, int concurrency) {
        this.name = name;
        this.concurrency = concurrency;
    }

    void succeeded(long nanosTaken) {
        times.recordValue(Math.max(0, nanosTaken));
    }

    /** Anything that is no success: an HTTP status, a broken connection, an SQL state. */
    void failed(String how) {
        failures.merge(how, 1L, Long::sum);
    }

    /** How long was measured. */
    void lasted(long measured) {
        nanos += measured;
    }

    void took(CpuTime time) {
        cpu = cpu.plus(time);
    }

    /** Takes over what was counted by another thread of the same probe. */
    void add(Tally other) {
        times.add(other.times);
        other.failures.forEach((how, count) -> failures.merge(how, count, Long::sum));
    }

    String name() {
        return name;
    }

    int concurrency() {
        return concurrency;
    }

    long count() {
        return times.getTotalCount();
    }

    /** Successes a second. */
    double rate() {
        return nanos == 0 ? 0 : count() * NANOS / nanos;
    }

    /** Milliseconds within which this share of the successes came, such as 99. */
    double millis(double percentile) {
        return times.getValueAtPercentile(percentile) / NANOS_IN_MILLI;
    }

    double meanMillis() {
        return times.getMean() / NANOS_IN_MILLI;
    }

    double mostMillis() {
        return times.getMaxValue() / NANOS_IN_MILLI;
    }

    /** Microseconds on a core, of each process, for one success. */
    CpuTime cpuMicrosEach() {
        return cpu.per(count());
    }

    /** Whether ratios can be made of it. */
    boolean isSound() {
        return count() > 0 && failures.isEmpty();
    }

    /** Empty where there were none. */
    String failures() {
        return failures.entrySet().stream()
                .map(failure -> failure.getValue() + " × " + failure.getKey())
                .collect(Collectors.joining(", "));
    }
}
