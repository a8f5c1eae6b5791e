package io.usher.bench;

import java.util.OptionalLong;

/** How long a start takes, and how much memory the process has. */
final class StartUp implements Scenario {
    @Override
    public String name() {
        return "start";
    }

    @Override
    public Section section() {
        return new Section(
                "Start and memory",
                "From the start of the process until /q/health/ready answers 200, on a database whose schema is up to date; resident memory right then."
                        + " The class data of an image's AOT cache is not used here.");
    }

    @Override
    public void run(Run run, Section section) throws Exception {
        int starts = run.settings().quick() ? 1 : 3;
        for (int i = 1; i <= starts; i++) {
            try (UsherProcess service = UsherProcess.start(
                    run.settings(),
                    run.servers(),
                    run.keys().folder(),
                    run.few().database(),
                    Bench.HEAP)) {
                section.fact(
                        "start " + i,
                        service.untilReady().toMillis() + " ms until ready, " + mebibytes(service.memory("VmRSS")));
            }
        }
    }

    static String mebibytes(OptionalLong memory) {
        return memory.isPresent() ? memory.getAsLong() + " MiB resident" : "memory not told on this system";
    }
}
