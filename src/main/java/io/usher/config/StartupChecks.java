package io.usher.config;

import io.smallrye.config.SmallRyeConfig;
import io.usher.config.SettingCheck.Finding;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * What must be right before the service starts outside of local, dev and test mode: one check a risk, and one message that names every one
 * at fault. A new risk is a new line in the list of its kind.
 */
public final class StartupChecks {
    private static final Logger LOG = Logger.getLogger(StartupChecks.class);
    private static final List<SettingCheck> ALL = Stream.of(
                    RequiredSettings.ALL,
                    KeyFolderChecks.ALL,
                    AddressChecks.ALL,
                    AccessChecks.ALL,
                    ConnectionChecks.ALL)
            .flatMap(List::stream)
            .toList();

    private StartupChecks() {}

    /**
     * Looks at every setting that could make the service fail or put it at risk; warnings are logged.
     *
     * @throws StartRefusedException naming everything that has to be put right
     */
    public static void require(SmallRyeConfig settings) {
        List<Finding> findings =
                ALL.stream().flatMap(check -> check.look(settings).stream()).toList();
        List<String> refusals = findings.stream()
                .filter(Finding::refusal)
                .map(Finding::describe)
                .toList();
        if (!refusals.isEmpty()) {
            throw new StartRefusedException(message(settings, refusals));
        }
        findings.forEach(finding -> LOG.warn(finding.describe()));
    }

    private static String message(SmallRyeConfig settings, List<String> refusals) {
        return "Usher cannot start in profile '" + String.join(",", settings.getProfiles())
                + "'. Set these right, as a property or as an"
                + " environment variable:\n  - "
                + String.join("\n  - ", refusals)
                + "\nFor a service with its own PostgreSQL and Redis on this machine, set QUARKUS_PROFILE=local.";
    }
}
