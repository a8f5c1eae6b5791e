package io.usher;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.config.SmallRyeConfig;
import io.usher.config.MigrateOnly;
import io.usher.config.Settings;
import io.usher.config.StartRefusedException;
import io.usher.config.StartupChecks;
import io.usher.local.LocalMode;

/** Where the process begins: settings are checked, and in local mode the servers are there, before Quarkus starts. */
@QuarkusMain
public final class Usher {
    Usher() {}

    /**
     * Starts the service and returns when it has stopped, or, with the argument {@code migrate}, when the schema is up to date. A start
     * that cannot succeed ends with one message and exit code 1.
     */
    public static void main(String... args) {
        // Addresses that are no URIs are refused by io.usher.web.request.AddressCheck, with a problem instead of an
        // empty body.
        System.setProperty("vertx.disableURIValidation", "true");
        SmallRyeConfig settings = Settings.read();
        boolean serves = true;
        try {
            serves = !MigrateOnly.isAsked(args);
            prepare(settings);
        } catch (StartRefusedException e) {
            tell(e);
            System.exit(1);
        }
        // dev mode shows a failed start in the browser, and waits for a better one
        boolean dev = settings.getProfiles().contains("dev");
        if (serves) {
            Quarkus.run(Service.class, dev ? null : FailedStart::end, args);
        } else {
            MigrateOnly.prepare();
            Quarkus.run(null, FailedStart::end, args);
        }
    }

    private static void prepare(SmallRyeConfig settings) {
        Settings.completeTraces(settings);
        if (Settings.isLocal(settings)) {
            StartupChecks.requireBounds(settings);
            LocalMode.prepare(settings);
        } else {
            Settings.completeDatasource(settings);
            StartupChecks.require(Settings.read());
        }
    }

    /** The logs may not be set up yet, and a stack trace would hide the message. */
    @SuppressWarnings("SystemOut")
    static void tell(StartRefusedException refusal) {
        System.err.println(refusal.getMessage());
    }
}
