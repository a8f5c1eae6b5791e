package io.usher.local;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

/**
 * Local mode's Redis: a cache that keeps nothing, reachable from this machine only. It is started as a daemon, so that a Ctrl-C in the
 * terminal, which goes to all processes in the foreground, does not end it before the application.
 */
final class LocalRedis {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Path folder;
    private final Path log;

    private LocalRedis(Path home) {
        this.folder = home.resolve("redis");
        this.log = home.resolve("redis.log");
    }

    /** Starts it and answers the property that leads Quarkus to it. */
    static Map<String, String> start(Path home) {
        LocalRedis redis = new LocalRedis(home);
        try {
            int port = freePort();
            redis.launch(port);
            redis.awaitReady(port);
            return Map.of("quarkus.redis.hosts", "redis://127.0.0.1:" + port);
        } catch (IOException | RuntimeException e) {
            throw LocalMode.failed("Redis", redis.log, e);
        }
    }

    private void launch(int port) throws IOException {
        Files.createDirectories(folder);
        Files.deleteIfExists(log);
        File executable = executable();
        Path settings = Files.writeString(folder.resolve("redis.conf"), settings(port));
        new ProcessBuilder(executable.getPath(), settings.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private String settings(int port) {
        return String.join(
                "\n",
                "bind 127.0.0.1",
                "port " + port,
                "daemonize " + (File.separatorChar == '/' ? "yes" : "no"),
                "pidfile \"" + folder.resolve("redis.pid") + "\"",
                "logfile \"" + log + "\"",
                "save \"\"",
                "appendonly no",
                "maxmemory 256mb",
                "maxmemory-policy allkeys-lru",
                "");
    }

    /** The 64-bit build for Linux needs OpenSSL 3 of the system; the 32-bit one needs nothing, and does where there is none. */
    private File executable() throws IOException {
        File executable =
                ExecutableProvider.newJarResourceProvider(folder.toFile()).get();
        if (runs(executable)) {
            return executable;
        }
        Map<OsArchitecture, String> versions = ExecutableProvider.newProvidedVersionsMap();
        versions.put(OsArchitecture.UNIX_x86_64, versions.get(OsArchitecture.UNIX_x86));
        return ExecutableProvider.newJarResourceProvider(folder::toFile, versions)
                .get();
    }

    private static boolean runs(File executable) throws IOException {
        Process process = new ProcessBuilder(executable.getPath(), "--version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.onExit().join().exitValue() == 0;
    }

    private void awaitReady(int port) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!answers(port)) {
            if (System.nanoTime() > deadline) {
                throw new IOException("no answer within " + PATIENCE.toSeconds() + " s");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(PING);
            InputStream answer = socket.getInputStream();
            return answer.read() == '+';
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
