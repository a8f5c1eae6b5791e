package io.usher.local;

import io.quarkus.runtime.configuration.ConfigUtils;
import io.usher.config.FirstAdminCreated;
import io.usher.config.LocalConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Tells whoever started local mode where everything is, and, the one time that it can be told, the first super admin's password. */
@ApplicationScoped
public class LocalBanner {
    private static final Logger LOG = Logger.getLogger("io.usher.local");

    private final int port;
    private final int managementPort;
    private final LocalConfig config;
    private boolean shown;
    private @Nullable FirstAdminCreated admin;

    @Inject
    LocalBanner(
            @ConfigProperty(name = "quarkus.http.port") int port,
            @ConfigProperty(name = "quarkus.management.port") int managementPort,
            LocalConfig config) {
        this.port = port;
        this.managementPort = managementPort;
        this.config = config;
    }

    /** The admin may be made while the application starts, or right after it. */
    synchronized void remember(@Observes FirstAdminCreated created) {
        if (shown) {
            LOG.info("\n\n" + describe(created));
        } else {
            admin = created;
        }
    }

    /** Shows it, in local mode, once the application has started. */
    public synchronized void show() {
        if (!ConfigUtils.isProfileActive("local")) {
            return;
        }
        shown = true;
        FirstAdminCreated created = admin;
        admin = null;
        LOG.info("\n\n" + describePlaces() + (created == null ? "" : describe(created)));
    }

    private String describePlaces() {
        return """
              Usher runs in local mode.

                API          http://localhost:%1$d/api
                Swagger UI   http://localhost:%1$d/q/swagger-ui
                Health       http://localhost:%2$d/q/health
                Metrics      http://localhost:%2$d/q/metrics
                Data         %3$s
            """.formatted(
                        port, managementPort, config.dataDir().toAbsolutePath().normalize());
    }

    private static String describe(FirstAdminCreated created) {
        return """
                Super admin  %s
                Password     %s   (shown this once)
            """.formatted(created.email(), created.madeUpPassword());
    }
}
