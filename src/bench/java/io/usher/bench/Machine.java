package io.usher.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was measured on; "unknown" where the system does not say. */
final class Machine {
    private static final String UNKNOWN = "unknown";

    private Machine() {}

    /** As it is before anything runs. */
    static Map<String, String> look(Settings settings) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("settings", settings.described());
        facts.put("CPU", line("/proc/cpuinfo", "model name"));
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("memory", line("/proc/meminfo", "MemTotal"));
        facts.put(
                "kernel",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        facts.put("load before", load());
        return facts;
    }

    /** 1, 5 and 15 minutes. */
    static String load() {
        try {
            String[] load = Files.readString(Path.of("/proc/loadavg")).split(" ");
            return load[0] + ", " + load[1] + ", " + load[2];
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    static Map<String, String> versions(Settings settings, Database database, String redis) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Usher", command("git", "describe", "--always", "--dirty"));
        facts.put(
                "Java of the service",
                command(settings.javaHome().resolve("bin/java").toString(), "-version"));
        facts.put("Java of the generator", System.getProperty("java.runtime.version"));
        facts.put("PostgreSQL", postgres(database));
        facts.put("PostgreSQL's settings", join(Servers.POSTGRES));
        facts.put("Redis", redis(URI.create(redis)));
        facts.put("service's settings", "-Xmx" + Bench.HEAP + ", access log on; " + join(UsherProcess.SETTINGS));
        return facts;
    }

    private static String join(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String postgres(Database database) {
        try {
            return database.texts("select version()").get(0);
        } catch (SQLException e) {
            return UNKNOWN;
        }
    }

    private static String redis(URI address) {
        try (Socket socket = new Socket(address.getHost(), address.getPort());
                var answer =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            socket.getOutputStream().write("INFO server\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
            return answer.lines()
                    .filter(line -> line.startsWith("redis_version:"))
                    .map(line -> line.substring("redis_version:".length()))
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    private static String line(String file, String name) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    private static String command(String... words) {
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
            return ended ? telling(text.lines().toList()) : UNKNOWN;
        } catch (IOException e) {
            return UNKNOWN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return UNKNOWN;
        }
    }

    /** Of what {@code java -version} prints, the line with the vendor. */
    private static String telling(List<String> lines) {
        return lines.isEmpty() ? UNKNOWN : lines.get(Math.min(1, lines.size() - 1));
    }
}
