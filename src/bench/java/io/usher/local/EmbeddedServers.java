package io.usher.local;

import java.nio.file.Path;

/** Local mode's servers, for benchmarks that start them without the service. */
public final class EmbeddedServers {
    private EmbeddedServers() {}

    /** Starts Redis as local mode does, and answers its address. */
    public static String startRedis(Path home) {
        return LocalRedis.start(home).values().iterator().next();
    }

    /** Stops every server whose executable lies in the folder. */
    public static void stop(Path home) {
        new ServerProcesses(home).stop();
    }
}
