package io.usher.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a run is asked for, by {@code -Dbench.…} (docs/performance.md).
 *
 * @param quick everything, but short: two minutes instead of half an hour, and figures that only show whether something is broken
 * @param users how many users the large database has
 * @param fewUsers how many the small one has, beside which the large one is measured
 * @param measured how long each probe is measured, in {@link Race#ROUNDS} slices
 * @param warmUp how long each probe runs before
 * @param seed of everything random
 * @param only the names of the scenarios to run; empty for all
 * @param data where the databases are kept for the next run; absent: they are thrown away
 * @param javaHome the Java that the service runs on
 * @param servicePackage {@code quarkus-run.jar}
 * @param report the folder that the report is written to
 */
record Settings(
        boolean quick,
        int users,
        int fewUsers,
        Duration measured,
        Duration warmUp,
        long seed,
        List<String> only,
        Optional<Path> data,
        Path javaHome,
        Path servicePackage,
        Path report) {
    private static final int USERS = 1_000_000;
    private static final int QUICK_USERS = 30_000;
    private static final int FEW_USERS = 10_000;

    static Settings read() {
        boolean quick = property("quick").map(text -> !text.equals("false")).orElse(false);
        int users = property("users").map(Integer::parseInt).orElse(quick ? QUICK_USERS : USERS);
        return new Settings(
                quick,
                users,
                Math.min(FEW_USERS, users),
                seconds("seconds", quick ? 0.5 : 10),
                seconds("warmup", quick ? 0.5 : 5),
                property("seed").map(Long::parseLong).orElse(1L),
                property("only").map(names -> Arrays.asList(names.split(","))).orElse(List.of()),
                property("data").map(Path::of).map(Path::toAbsolutePath),
                property("java").map(Path::of).orElse(Path.of(System.getProperty("java.home"))),
                Path.of(property("package").orElse("target/bench/build/quarkus-app/quarkus-run.jar")),
                Path.of(property("report").orElse("target/bench")));
    }

    boolean wants(String scenario) {
        return only.isEmpty() || only.contains(scenario);
    }

    /** How many users are signed in for the load: each has a session, an access token and a refresh token. */
    int signedIn() {
        return Math.min(quick ? 200 : 1000, fewUsers / 4);
    }

    /** How many users are moved in and out. */
    int moved() {
        return Math.min(quick ? 5_000 : 100_000, users);
    }

    /** How far down the list the deep pages are. */
    int depth() {
        return Math.min(500_000, users / 2);
    }

    /** How many users the admin with a scope manages. */
    int managed(int of) {
        return Math.min(10_000, of / 2);
    }

    String described() {
        return "%,d users beside %,d, seed %d, %s s a figure after %s s of warm-up%s"
                .formatted(
                        users,
                        fewUsers,
                        seed,
                        seconds(measured),
                        seconds(warmUp),
                        quick ? "; quick: too short to compare anything" : "");
    }

    private static String seconds(Duration time) {
        return Double.toString(time.toMillis() / 1000.0).replaceAll("\\.0$", "");
    }

    private static Optional<String> property(String name) {
        return Optional.ofNullable(System.getProperty("bench." + name)).filter(value -> !value.isBlank());
    }

    private static Duration seconds(String name, double otherwise) {
        double seconds = property(name).map(Double::parseDouble).orElse(otherwise);
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
