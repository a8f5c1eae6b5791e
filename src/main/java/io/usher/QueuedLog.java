package io.usher;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import org.jboss.logmanager.handlers.AsyncHandler;

/** The queue before the console (decision 131) at the end of the process: its last lines say why it ended. */
final class QueuedLog {
    /** Nobody may be reading the console: it does not hold up the end for longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private QueuedLog() {}

    /** Writes what waits, and takes nothing more: only for a process that ends now. */
    static void writeOut() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (Handler handler : InitialConfigurator.DELAYED_HANDLER.getHandlers()) {
            if (handler instanceof AsyncHandler queue) {
                writeOut(queue, end);
            }
        }
    }

    /** A closed queue lets its handlers go once it is empty, and has no other sign of it. */
    private static void writeOut(AsyncHandler queue, long end) {
        queue.setCloseChildren(false);
        queue.close();
        while (queue.getHandlers().length > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }
}
