package io.usher.local;

import io.smallrye.config.SmallRyeConfig;
import io.usher.config.Settings;
import io.usher.config.StartRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Local mode: before Quarkus starts, a PostgreSQL and a Redis of our own run, unless others are configured. They are processes of their
 * own that outlive live reloads and end with the JVM.
 */
public final class LocalMode {
    /** Set once the servers run; a system property, because a live reload brings new classes, but not a new JVM. */
    private static final String HOME = "io.usher.local.home";

    private static final long MEBI = 1 << 20;

    /** Two segments of PostgreSQL's write-ahead log, and as much again for data. */
    private static final long LEAST_MEBI = 64;

    private LocalMode() {}

    /**
     * Starts the servers that the settings do not name, and tells Quarkus of them by system properties.
     *
     * @throws StartRefusedException where the data folder is in use, or a server does not start
     */
    public static void prepare(SmallRyeConfig settings) {
        if (System.getProperty(HOME) == null) {
            startServers(settings);
        }
        chooseMailer(settings);
        ServerStop.beginRun();
    }

    /** Without a mail server, mails are written into the log. */
    private static void chooseMailer(SmallRyeConfig settings) {
        if (isAbsent(settings, "quarkus.mailer.mock")) {
            boolean noServer = isAbsent(settings, "quarkus.mailer.host");
            tellQuarkus(Map.of("quarkus.mailer.mock", Boolean.toString(noServer)));
        }
    }

    private static void startServers(SmallRyeConfig settings) {
        boolean postgres = isAbsent(settings, "quarkus.datasource.reactive.url")
                && isAbsent(settings, "quarkus.datasource.jdbc.url");
        boolean redis = isAbsent(settings, "quarkus.redis.hosts");
        Path home = dataFolder(settings);
        if (postgres || redis) {
            requireEmbeddedServers();
            DataFolderLock lock = DataFolderLock.take(home);
            requireRoom(home);
            ServerProcesses processes = new ServerProcesses(home);
            processes.stop();
            ServerStop.register(processes, lock);
        }
        if (postgres) {
            tellQuarkus(LocalPostgres.start(home));
        }
        if (redis) {
            tellQuarkus(LocalRedis.start(home));
        }
        System.setProperty(HOME, home.toString());
    }

    private static boolean isAbsent(SmallRyeConfig settings, String property) {
        return Settings.value(settings, property).isEmpty();
    }

    /** The folder's real path: our processes are recognised by it. */
    private static Path dataFolder(SmallRyeConfig settings) {
        Path folder = Path.of(Settings.value(settings, "usher.local.data-dir").orElse("data"));
        try {
            Files.createDirectories(folder);
            return folder.toRealPath();
        } catch (IOException e) {
            throw new StartRefusedException(
                    "The data folder " + folder.toAbsolutePath()
                            + " (usher.local.data-dir, USHER_LOCAL_DATA_DIR) cannot be used: " + e,
                    e);
        }
    }

    /** Without, PostgreSQL ends in the middle of its start, and says so only in its own log. */
    private static void requireRoom(Path home) {
        try {
            long left = Files.getFileStore(home).getUsableSpace() / MEBI;
            if (left < LEAST_MEBI) {
                throw new StartRefusedException(
                        "The disk of the data folder " + home + " has " + left + " MiB left, and PostgreSQL needs "
                                + LEAST_MEBI
                                + ". Make room, or name another folder (usher.local.data-dir, USHER_LOCAL_DATA_DIR). Nothing is lost.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireEmbeddedServers() {
        try {
            Class.forName(
                    "io.zonky.test.db.postgres.embedded.EmbeddedPostgres",
                    false,
                    Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException e) {
            throw new StartRefusedException(
                    "This build of Usher has no embedded PostgreSQL and Redis, so local mode needs quarkus.datasource.reactive.url"
                            + " (QUARKUS_DATASOURCE_REACTIVE_URL) and quarkus.redis.hosts (QUARKUS_REDIS_HOSTS) to name running ones.",
                    e);
        }
    }

    private static void tellQuarkus(Map<String, String> properties) {
        properties.forEach(System::setProperty);
    }

    /** A server did not start: what happened, and where its log is. */
    static StartRefusedException failed(String server, Path log, Throwable cause) {
        return new StartRefusedException(
                server + " did not start: " + cause.getMessage() + "\nIts log is " + log + lastLines(log), cause);
    }

    private static String lastLines(Path log) {
        try {
            if (!Files.exists(log)) {
                return "";
            }
            var lines = Files.readAllLines(log);
            return "\n  " + String.join("\n  ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
        } catch (IOException | UncheckedIOException e) {
            return " (not readable: " + e.getMessage() + ")";
        }
    }
}
