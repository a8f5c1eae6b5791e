package io.usher.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * The server processes of a data folder. They are known by where their executables lie, which is in that folder: a process id in a file may
 * by now belong to somebody else, and after the JVM was killed nobody else knows of them.
 */
final class ServerProcesses {
    private static final long PATIENCE_SECONDS = 30;

    private final Path home;

    ServerProcesses(Path home) {
        this.home = home;
    }

    /** Stops what runs, cleanly if possible; returns when nothing is left. */
    void stop() {
        List<ProcessHandle> running = running();
        if (running.isEmpty()) {
            return;
        }
        interrupt(roots(running));
        if (!awaitEnd(running)) {
            running.forEach(ProcessHandle::destroyForcibly);
            awaitEnd(running());
        }
    }

    private List<ProcessHandle> running() {
        return ProcessHandle.allProcesses().filter(this::isOurs).toList();
    }

    private boolean isOurs(ProcessHandle process) {
        return process.info()
                .command()
                .map(Path::of)
                .filter(command -> command.startsWith(home))
                .isPresent();
    }

    /** The servers themselves: PostgreSQL's children end with it, and would take a signal for something else. */
    private static List<ProcessHandle> roots(List<ProcessHandle> running) {
        Set<Long> ids = running.stream().map(ProcessHandle::pid).collect(Collectors.toSet());
        return running.stream()
                .filter(process -> process.parent()
                        .map(ProcessHandle::pid)
                        .filter(ids::contains)
                        .isEmpty())
                .toList();
    }

    /** SIGINT: to PostgreSQL, "fast shutdown", while the SIGTERM that Java can send would wait for clients; to Redis the same as SIGTERM. */
    private static void interrupt(List<ProcessHandle> servers) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "kill -INT \"$@\"", "kill"));
        servers.forEach(server -> command.add(Long.toString(server.pid())));
        try {
            Process kill = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            // no shell, so this is Windows, where Java's way is the only one
            servers.forEach(ProcessHandle::destroy);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean awaitEnd(List<ProcessHandle> processes) {
        CompletableFuture<?>[] ends =
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
