package io.usher.local;

import io.quarkus.runtime.ApplicationLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/**
 * Stops the servers when the JVM ends, after the application. A live reload starts a new application from new classes, and closes the class
 * loader of this one: what the hook needs to know of a later run therefore stands in a system property (a text: libraries choke on anything
 * else there), and the classes it needs have all been used before.
 */
final class ServerStop implements Runnable {
    /** The id of the application that runs; absent while none does. */
    private static final String RUN = "io.usher.local.run";

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final ServerProcesses processes;
    private final DataFolderLock lock;

    private ServerStop(ServerProcesses processes, DataFolderLock lock) {
        this.processes = processes;
        this.lock = lock;
    }

    /** Once a JVM, which from then on holds the lock, over live reloads. */
    static void register(ServerProcesses processes, DataFolderLock lock) {
        Runtime.getRuntime().addShutdownHook(new Thread(new ServerStop(processes, lock), "local servers"));
    }

    /** Once an application: the servers are needed until it has stopped, which is when Quarkus calls the exit handler. */
    static void beginRun() {
        String run = UUID.randomUUID().toString();
        System.setProperty(RUN, run);
        BiConsumer<Integer, Throwable> exit = ApplicationLifecycleManager.getDefaultExitCodeHandler();
        ApplicationLifecycleManager.setDefaultExitCodeHandler((code, failure) -> {
            System.getProperties().remove(RUN, run);
            exit.accept(code, failure);
        });
    }

    @Override
    public void run() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.getProperty(RUN) != null && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        processes.stop();
        try {
            lock.release();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
