package io.usher.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;

/**
 * A target, and how near it was come.
 *
 * @param value NaN where it cannot be told
 * @param reason why it cannot be told; empty else
 */
record Verdict(String target, double value, double bound, boolean atLeast, String unit, String reason) {
    /** @param needed what the value is made of: with failures in it, it is none */
    static Verdict atLeast(String target, double bound, String unit, DoubleSupplier value, Tally... needed) {
        return of(target, bound, true, unit, value, needed);
    }

    static Verdict atMost(String target, double bound, String unit, DoubleSupplier value, Tally... needed) {
        return of(target, bound, false, unit, value, needed);
    }

    /** That it is no slower with many users than with few. */
    static Verdict grows(String what, Tally many, Tally few) {
        return atMost(
                what + ": p50 with many users against few",
                1.25,
                "×",
                () -> many.millis(50) / few.millis(50),
                many,
                few);
    }

    private static Verdict of(
            String target, double bound, boolean atLeast, String unit, DoubleSupplier value, Tally... needed) {
        String unsound = Arrays.stream(needed)
                .filter(tally -> !tally.isSound())
                .map(tally ->
                        tally.name() + ": " + (tally.count() == 0 ? "nothing succeeded" : "") + " " + tally.failures())
                .collect(Collectors.joining("; "));
        double measured = unsound.isEmpty() ? value.getAsDouble() : Double.NaN;
        return new Verdict(
                target,
                measured,
                bound,
                atLeast,
                unit,
                unsound.isEmpty() && Double.isNaN(measured) ? "not measurable on this system" : unsound);
    }

    /** Nothing was measured at all. */
    static Verdict unknown(String target, String reason) {
        return new Verdict(target, Double.NaN, Double.NaN, true, "", reason);
    }

    boolean isKnown() {
        return !Double.isNaN(value);
    }

    boolean isMet() {
        return atLeast ? value >= bound : value <= bound;
    }

    String outcome() {
        return isKnown() ? isMet() ? "met" : "missed" : "not told";
    }

    String bounds() {
        return Double.isNaN(bound) ? "" : (atLeast ? "≥ " : "≤ ") + number(bound) + " " + unit;
    }

    String measured() {
        return isKnown() ? number(value) + " " + unit : reason;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%,.0f" : "%.2f", value);
    }
}
