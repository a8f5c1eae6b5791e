package io.usher.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Time on a core, in microseconds, by process; what cannot be told (on other systems than Linux) is NaN.
 *
 * @param service the service that is measured
 * @param postgres all of PostgreSQL's processes
 * @param driver this process: the load generator, and the bare statements' client
 */
record CpuTime(double service, double postgres, double redis, double driver) {
    static final CpuTime NONE = new CpuTime(0, 0, 0, 0);

    /** The kernel's USER_HZ, which is 100 wherever Linux runs on a JVM. */
    private static final double MICROS_A_TICK = 10_000;

    private static final int PARENT = 1;
    private static final int USER = 11;
    private static final int CHILDREN_SYSTEM = 14;

    CpuTime plus(CpuTime more) {
        return new CpuTime(service + more.service, postgres + more.postgres, redis + more.redis, driver + more.driver);
    }

    CpuTime minus(CpuTime less) {
        return new CpuTime(service - less.service, postgres - less.postgres, redis - less.redis, driver - less.driver);
    }

    CpuTime per(long count) {
        return new CpuTime(service / count, postgres / count, redis / count, driver / count);
    }

    /** What a process has used since it began, with the children that it has waited for. */
    static double of(long pid) {
        return ticks(stat(Path.of("/proc", Long.toString(pid))));
    }

    /** The same of a process and of the children that still run, as PostgreSQL has one for each connection. */
    static double ofFamily(long pid) {
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            double all = of(pid);
            for (Path process : processes) {
                List<String> stat = stat(process);
                if (!stat.isEmpty() && stat.get(PARENT).equals(Long.toString(pid))) {
                    all += ticks(stat);
                }
            }
            return all;
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    private static double ticks(List<String> stat) {
        return stat.isEmpty()
                ? Double.NaN
                : MICROS_A_TICK
                        * stat.subList(USER, CHILDREN_SYSTEM + 1).stream()
                                .mapToLong(Long::parseLong)
                                .sum();
    }

    /** What stands after the name, which may hold anything; empty for a process that is gone. */
    private static List<String> stat(Path process) {
        try {
            String text = Files.readString(process.resolve("stat"));
            return List.of(text.substring(text.lastIndexOf(')') + 2).split(" "));
        } catch (IOException e) {
            return List.of();
        }
    }
}
