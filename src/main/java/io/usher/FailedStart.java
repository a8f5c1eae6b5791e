package io.usher;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.QuarkusBindException;
import io.usher.config.StartRefusedException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What an operator sees of a start that failed: one message where the reason is known, and a stack trace only where it is not. */
final class FailedStart {
    private FailedStart() {}

    /** Quarkus's exit handler: it has stopped the application before. */
    static void end(int exitCode, @Nullable Throwable failure) {
        if (failure != null) {
            report(failure);
        }
        QueuedLog.writeOut();
        ApplicationLifecycleManager.getDefaultExitCodeHandler().accept(exitCode, failure);
    }

    private static void report(Throwable failure) {
        Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .flatMap(cause -> known(cause).stream())
                .findFirst()
                .ifPresentOrElse(
                        Usher::tell, () -> Logger.getLogger(FailedStart.class).error("Usher did not start", failure));
    }

    private static Optional<StartRefusedException> known(Throwable cause) {
        if (cause instanceof StartRefusedException refusal) {
            return Optional.of(refusal);
        }
        if (cause instanceof QuarkusBindException bind) {
            return Optional.of(
                    new StartRefusedException(
                            "Usher cannot start: port " + bind.getPort() + " is in use"
                                    + ". Set quarkus.http.port (QUARKUS_HTTP_PORT) or quarkus.management.port (QUARKUS_MANAGEMENT_PORT)."));
        }
        return Optional.empty();
    }
}
