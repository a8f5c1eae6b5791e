package io.usher.budget;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What the threads allocate on which requests are served. */
final class EventLoops {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private EventLoops() {}

    static long allocatedBytes() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("vert.x-eventloop-thread"))
                .mapToLong(thread -> THREADS.getThreadAllocatedBytes(thread.getId()))
                .sum();
    }
}
