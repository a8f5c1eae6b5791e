package io.usher.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures the packaged service on embedded servers, and writes {@code report.html} and {@code report.md} (docs/performance.md). Nothing that fails in
 * one scenario keeps the others from being measured, or the report from being written.
 */
public final class Bench {
    static final String HEAP = "512m";

    private static final List<Scenario> SCENARIOS = List.of(
            new StartUp(),
            new OwnView(),
            new OtherView(),
            new Introspect(),
            new Me(),
            new Login(),
            new Refresh(),
            new Search(),
            new Pages(),
            new Scoped(),
            new Statistics(),
            new Consume(),
            new Flood(),
            new Transfer(),
            new PureCode());

    private final Settings settings;
    private final Report report;

    private Bench(Settings settings) {
        this.settings = settings;
        this.report = new Report(settings, Machine.look(settings));
    }

    public static void main(String... arguments) throws Exception {
        new Bench(Settings.read()).run();
        // servers stop, and pools of libraries end with them
        System.exit(0);
    }

    private void run() throws Exception {
        List<Scenario> wanted = SCENARIOS.stream()
                .filter(scenario -> settings.wants(scenario.name()))
                .toList();
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("-Dbench.only names none of "
                    + SCENARIOS.stream().map(Scenario::name).toList());
        }
        Path home = settings.data().orElse(settings.report().resolve("data"));
        if (settings.data().isEmpty()) {
            delete(home);
        }
        try (Servers servers = Servers.start(home)) {
            measure(servers, wanted);
        } catch (Exception e) {
            report.add(new Section("Set-up", "What has to stand before anything is measured.").failure(e.toString()));
            report.write();
            throw e;
        }
        if (settings.data().isEmpty()) {
            delete(home);
        }
    }

    private void measure(Servers servers, List<Scenario> wanted) throws Exception {
        SigningFolder keys = new SigningFolder(servers.home().resolve("keys"));
        String hash = BareBcrypt.hash();
        WorldMaker maker = new WorldMaker(settings, servers, keys, hash);
        try (World many = maker.make("bench_many", settings.users(), settings.seed());
                World few = maker.make("bench_few", settings.fewUsers(), settings.seed() + 1)) {
            report.versions(Machine.versions(settings, many.database(), servers.redis()));
            report.made(maker.facts());
            Run run = new Run(settings, servers, keys, hash, many, few);
            run.warmUp();
            for (Scenario scenario : wanted) {
                report.add(section(scenario, run));
                report.write();
            }
        }
    }

    private static Section section(Scenario scenario, Run run) throws IOException {
        Section section = scenario.section();
        say(section.title());
        try {
            scenario.run(run, section);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            section.failure("interrupted");
        } catch (Exception e) {
            section.failure("This scenario ended early: " + e);
        }
        for (World world : List.of(run.many(), run.few())) {
            world.service().complaints().forEach(section::failure);
        }
        section.verdicts()
                .forEach(v ->
                        say("  " + v.outcome() + ": " + v.target() + " " + v.measured() + " (" + v.bounds() + ")"));
        section.failures().forEach(failure -> say("  failed: " + failure));
        return section;
    }

    @SuppressWarnings("SystemOut")
    static void say(String text) {
        System.out.println(text);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> files = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).forEach(files::add);
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
