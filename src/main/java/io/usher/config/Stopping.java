package io.usher.config;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;

/**
 * Whether this process is stopping. From then on no job begins, and those that run find their pool closed under them: what they leave undone is
 * done after the next start, or by another replica, so that nobody has to read of it. Known to the class and not to an instance: what is called
 * when the container has ended is made anew.
 */
@ApplicationScoped
public class Stopping {
    private static volatile boolean begun;

    private final Scheduler scheduler;

    @Inject
    Stopping(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Whether it has begun: the requests in flight are over, or out of time. */
    public static boolean hasBegun() {
        return begun;
    }

    /** Before all others that want to know. */
    void begin(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
        mark(true);
        if (scheduler.isStarted()) {
            scheduler.pause();
        }
    }

    static void mark(boolean stopping) {
        begun = stopping;
    }
}
