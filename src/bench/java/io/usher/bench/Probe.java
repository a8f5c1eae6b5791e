package io.usher.bench;

import java.io.IOException;
import java.time.Duration;

/** Something that can be done again and again for a while, and counted. */
interface Probe extends AutoCloseable {
    /** What it is called in the report. */
    String name();

    /** How many at once. */
    int concurrency();

    /** Does it for this long. */
    void run(Duration time, Tally tally) throws Exception;

    /** The time on a core that its processes have used so far. */
    CpuTime cpu();

    @Override
    default void close() throws IOException {}
}
