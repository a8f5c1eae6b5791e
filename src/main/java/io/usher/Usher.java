package io.usher;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.config.SmallRyeConfig;
import io.usher.config.Settings;
import io.usher.config.StartRefusedException;
import io.usher.config.StartupChecks;
import io.usher.local.LocalMode;

/** Where the process begins: settings are checked, and in local mode the servers are there, before Quarkus starts. */
@QuarkusMain
public final class Usher {
    Usher() {}

    /** Starts the service and returns when it has stopped. A start that cannot succeed ends with one message and exit code 1. */
    public static void main(String... args) {
        try {
            prepare(Settings.read());
        } catch (StartRefusedException e) {
            refuse(e);
            return;
        }
        Quarkus.run(Service.class, args);
    }

    private static void prepare(SmallRyeConfig settings) {
        if (Settings.isLocal(settings)) {
            LocalMode.prepare(settings);
        } else {
            Settings.completeDatasource(settings);
            StartupChecks.require(Settings.read());
        }
    }

    /** The logs are not set up yet, and a stack trace would hide the message. */
    @SuppressWarnings("SystemOut")
    private static void refuse(StartRefusedException e) {
        System.err.println(e.getMessage());
        System.exit(1);
    }
}
