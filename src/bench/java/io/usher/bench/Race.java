package io.usher.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measures probes in turns, a slice each, so that whatever else the machine does befalls all of them alike. */
final class Race {
    static final int ROUNDS = 5;

    private final Settings settings;

    Race(Settings settings) {
        this.settings = settings;
    }

    /** Warms each up, then measures them; answers what came of each, in their order, and closes them. */
    List<Tally> run(List<? extends Probe> probes) throws Exception {
        try {
            for (Probe probe : probes) {
                probe.run(settings.warmUp(), new Tally(probe.name(), probe.concurrency()));
            }
            return measure(probes);
        } finally {
            for (Probe probe : probes) {
                probe.close();
            }
        }
    }

    private List<Tally> measure(List<? extends Probe> probes) throws Exception {
        List<Tally> tallies = new ArrayList<>();
        for (Probe probe : probes) {
            tallies.add(new Tally(probe.name(), probe.concurrency()));
        }
        Duration slice = settings.measured().dividedBy(ROUNDS);
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < probes.size(); i++) {
                measure(probes.get(i), slice, tallies.get(i));
            }
        }
        return tallies;
    }

    private static void measure(Probe probe, Duration slice, Tally tally) throws Exception {
        CpuTime before = probe.cpu();
        probe.run(slice, tally);
        tally.took(probe.cpu().minus(before));
    }
}
