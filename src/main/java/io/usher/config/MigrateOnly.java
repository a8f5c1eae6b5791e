package io.usher.config;

import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.CommandLineArguments;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import java.util.Arrays;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * {@code usher migrate}: the start ends once the schema is up to date, with exit code 0, before any port is open and any row is written.
 * A step of a deployment that runs before its replicas, which then start with {@code quarkus.flyway.migrate-at-start=false}.
 */
@Dependent
public class MigrateOnly {
    private static final Logger LOG = Logger.getLogger(MigrateOnly.class);
    private static final String ARGUMENT = "migrate";
    private static final int BEFORE_ALL_OTHERS = Integer.MIN_VALUE;

    /**
     * Whether the program's arguments ask for it.
     *
     * @throws StartRefusedException for any other argument
     */
    public static boolean isAsked(String... args) {
        List<String> unknown =
                Arrays.stream(args).filter(arg -> !arg.equals(ARGUMENT)).toList();
        if (!unknown.isEmpty()) {
            throw new StartRefusedException("Usher does not know the argument " + unknown.get(0)
                    + ". It serves without one; with 'migrate' it brings the schema up to date and ends.");
        }
        return args.length > 0;
    }

    /** Has the schema migrated even where the replicas' settings, which are likely to be these, say that they do not. */
    public static void prepare() {
        System.setProperty("quarkus.flyway.migrate-at-start", "true");
    }

    /**
     * Flyway has been before. Quarkus's own quarkus.init-and-exit would do the same, but waits for 5 seconds, and ends with exit code 1
     * where the main class is the application's own (both as of 3.34).
     */
    void endIfAsked(@Observes @Priority(BEFORE_ALL_OTHERS) StartupEvent event, @CommandLineArguments String[] args) {
        if (isAsked(args)) {
            LOG.info("The schema is up to date");
            Quarkus.asyncExit(0);
            throw new PreventFurtherStepsException(0);
        }
    }
}
