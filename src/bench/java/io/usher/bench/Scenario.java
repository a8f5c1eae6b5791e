package io.usher.bench;

/** One thing that users of the service wait for, measured beside what it is held against. */
interface Scenario {
    /** For {@code -Dbench.only}. */
    String name();

    /** What the section of the report is called, and what its figures mean. */
    Section section();

    /** Measures, and writes what it found into the section as it goes: what was found before a failure stays. */
    void run(Run run, Section section) throws Exception;
}
