package io.usher.deploy;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** What the application says of itself. */
final class Application {
    private static final Properties SETTINGS = settings();

    static final int HTTP_PORT = Integer.parseInt(SETTINGS.getProperty("quarkus.http.port"));
    static final int MANAGEMENT_PORT = Integer.parseInt(SETTINGS.getProperty("quarkus.management.port"));

    private Application() {}

    /** How long it may take from SIGTERM on: it serves while proxies learn of it, and then waits for requests in flight. */
    static int secondsToStop() {
        return seconds("quarkus.shutdown.delay") + seconds("quarkus.shutdown.timeout");
    }

    private static int seconds(String setting) {
        return Integer.parseInt(SETTINGS.getProperty(setting).replace("S", ""));
    }

    private static Properties settings() {
        Properties settings = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            settings.load(file);
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
