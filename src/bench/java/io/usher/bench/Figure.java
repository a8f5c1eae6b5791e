package io.usher.bench;

import java.util.Optional;

/**
 * One line of the report.
 *
 * @param ceiling whether it is what others are held against
 * @param unit of the rate, such as {@code requests/s}
 * @param tally where single times are known
 */
record Figure(String name, int concurrency, double rate, String unit, boolean ceiling, Optional<Tally> tally) {
    static Figure of(Tally tally) {
        return new Figure(tally.name(), tally.concurrency(), tally.rate(), "/s", false, Optional.of(tally));
    }

    static Figure ceiling(Tally tally) {
        return new Figure(tally.name(), tally.concurrency(), tally.rate(), "/s", true, Optional.of(tally));
    }

    static Figure rows(String name, double rowsPerSecond, boolean ceiling) {
        return new Figure(name, 1, rowsPerSecond, "rows/s", ceiling, Optional.empty());
    }
}
