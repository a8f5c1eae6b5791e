package io.usher.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The cells of a figure's line, the same in both reports. */
final class Columns {
    static final List<String> FIGURES = List.of(
            "what",
            "at once",
            "rate",
            "p50 ms",
            "p90 ms",
            "p99 ms",
            "p99.9 ms",
            "most ms",
            "service µs",
            "PostgreSQL µs",
            "Redis µs",
            "generator µs",
            "failures");
    static final List<String> VERDICTS = List.of("target", "bound", "measured", "outcome");

    private static final String NOTHING = "–";

    private Columns() {}

    static List<String> of(Figure figure) {
        Optional<Tally> tally = figure.tally();
        return List.of(
                figure.name() + (figure.ceiling() ? " (ceiling)" : ""),
                Integer.toString(figure.concurrency()),
                rate(figure),
                time(tally, t -> t.millis(50)),
                time(tally, t -> t.millis(90)),
                time(tally, t -> t.millis(99)),
                time(tally, t -> t.millis(99.9)),
                time(tally, Tally::mostMillis),
                cpu(tally, t -> t.cpuMicrosEach().service()),
                cpu(tally, t -> t.cpuMicrosEach().postgres()),
                cpu(tally, t -> t.cpuMicrosEach().redis()),
                cpu(tally, t -> t.cpuMicrosEach().driver()),
                tally.map(Tally::failures).orElse(""));
    }

    static List<String> of(Verdict verdict) {
        return List.of(verdict.target(), verdict.bounds(), verdict.measured(), verdict.outcome());
    }

    static String rate(Figure figure) {
        return String.format(Locale.ROOT, figure.rate() >= 100 ? "%,.0f %s" : "%.1f %s", figure.rate(), figure.unit());
    }

    private static String time(Optional<Tally> tally, ToDoubleFunction<Tally> millis) {
        return tally.filter(t -> t.count() > 0)
                .map(t -> String.format(Locale.ROOT, "%.2f", millis.applyAsDouble(t)))
                .orElse(NOTHING);
    }

    private static String cpu(Optional<Tally> tally, ToDoubleFunction<Tally> micros) {
        return tally.map(micros::applyAsDouble)
                .filter(Double::isFinite)
                .map(value -> String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.1f", value))
                .orElse(NOTHING);
    }
}
