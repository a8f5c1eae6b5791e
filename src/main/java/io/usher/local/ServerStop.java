package io.usher.local;

import io.quarkus.runtime.ApplicationLifecycleManager;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Stops the servers when the JVM ends, after the application. A live reload starts a new application from new classes, and closes the class
 * loader of this one: what the hook needs of a later run therefore lies in the system properties and is of the JDK, and its own classes
 * have all been used before.
 */
final class ServerStop implements Runnable {
    private static final String RUN = "usher.local.run";
    private static final long PATIENCE_SECONDS = 20;

    private final ServerProcesses processes;

    private ServerStop(ServerProcesses processes) {
        this.processes = processes;
    }

    /** Once a JVM. */
    static void register(ServerProcesses processes) {
        Runtime.getRuntime().addShutdownHook(new Thread(new ServerStop(processes), "local servers"));
    }

    /** Once an application: the servers are needed until it has stopped, which is when Quarkus calls the exit handler. */
    static void beginRun() {
        CountDownLatch stopped = new CountDownLatch(1);
        System.getProperties().put(RUN, stopped);
        BiConsumer<Integer, Throwable> exit = ApplicationLifecycleManager.getDefaultExitCodeHandler();
        ApplicationLifecycleManager.setDefaultExitCodeHandler((code, failure) -> {
            stopped.countDown();
            exit.accept(code, failure);
        });
    }

    @Override
    public void run() {
        try {
            if (System.getProperties().get(RUN) instanceof CountDownLatch stopped) {
                stopped.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        processes.stop();
    }
}
