package io.usher.config;

import io.smallrye.config.SmallRyeConfig;
import io.usher.config.SettingCheck.Finding;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * What must be right before the service starts: bounds everywhere, and outside of local, dev and test mode everything that is a risk there. One check
 * a risk, and one message that names every one at fault. A new risk is a new line in the list of its kind.
 */
public final class StartupChecks {
    private static final Logger LOG = Logger.getLogger(StartupChecks.class);
    private static final List<SettingCheck> ALL = Stream.of(
                    RangeChecks.ALL,
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
        require(settings, ALL);
    }

    /**
     * As {@link #require(SmallRyeConfig)}, in local mode, where risks are wanted and nothing is required.
     *
     * @throws StartRefusedException naming every setting that is out of its bounds
     */
    public static void requireBounds(SmallRyeConfig settings) {
        require(settings, RangeChecks.ALL);
    }

    private static void require(SmallRyeConfig settings, List<SettingCheck> checks) {
        List<Finding> findings =
                checks.stream().flatMap(check -> check.look(settings).stream()).toList();
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
                + (Settings.isLocal(settings)
                        ? ""
                        : "\nFor a service with its own PostgreSQL and Redis on this machine, set QUARKUS_PROFILE=local.");
    }
}
