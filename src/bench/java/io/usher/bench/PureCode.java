package io.usher.bench;

import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What each request does without any server, by JMH: every class of this source folder whose name ends in Benchmark. */
final class PureCode implements Scenario {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    @Override
    public String name() {
        return "code";
    }

    @Override
    public Section section() {
        return new Section(
                "Pure code",
                "What requests do without any server: time and bytes allocated for one call, by JMH, on one thread of a JVM of its own.");
    }

    @Override
    public void run(Run run, Section section) throws Exception {
        boolean quick = run.settings().quick();
        Options options = new OptionsBuilder()
                .include("io\\.usher\\..*Benchmark\\..*")
                .forks(1)
                .warmupIterations(quick ? 1 : 3)
                .measurementIterations(quick ? 1 : 5)
                .warmupTime(TimeValue.milliseconds(quick ? 200 : 1000))
                .measurementTime(TimeValue.milliseconds(quick ? 200 : 1000))
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(false)
                .build();
        Collection<RunResult> results = new Runner(options).run();
        if (results.isEmpty()) {
            section.failure("JMH measured nothing.");
        }
        results.forEach(result -> section.fact(name(result), value(result)));
    }

    private static String name(RunResult result) {
        String name = result.getParams().getBenchmark();
        return name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
    }

    private static String value(RunResult result) {
        Result<?> time = result.getPrimaryResult();
        Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
        return String.format(
                        Locale.ROOT, "%,.0f ± %,.0f %s", time.getScore(), time.getScoreError(), time.getScoreUnit())
                + (allocated == null ? "" : String.format(Locale.ROOT, ", %,.0f bytes", allocated.getScore()));
    }
}
