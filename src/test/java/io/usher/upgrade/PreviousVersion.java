package io.usher.upgrade;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** The version that replicas may still run while this one is rolled out, as {@code .ci/previous-version.properties} names it. */
final class PreviousVersion {
    private static final Path FILE = Path.of(".ci/previous-version.properties");
    private static final String ALLOWED = "allowed.";
    private static final String MIGRATION = "migration.";

    private final Properties properties = new Properties();

    PreviousVersion() {
        try (var reader = Files.newBufferedReader(FILE)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Flyway's version of the last migration that it knows. */
    String schema() {
        return properties.getProperty("schema");
    }

    String commit() {
        return properties.getProperty("commit");
    }

    /** The SHA-256 of each migration that it has run, by file name. */
    Map<String, String> migrations() {
        return below(MIGRATION);
    }

    /** Changes that a version before cannot live with and that were allowed all the same, each with the reason. */
    Map<String, String> allowed() {
        Map<String, String> allowed = new LinkedHashMap<>();
        below(ALLOWED).values().forEach(line -> {
            String[] parts = line.split(" — ", 2);
            if (parts.length != 2 || parts[1].isBlank()) {
                throw new IllegalStateException("Without a reason: " + line);
            }
            allowed.put(parts[0], parts[1]);
        });
        return allowed;
    }

    private Map<String, String> below(String prefix) {
        Map<String, String> found = new LinkedHashMap<>();
        properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith(prefix))
                .forEach(name -> found.put(name.substring(prefix.length()), properties.getProperty(name)));
        return found;
    }
}
