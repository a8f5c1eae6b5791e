package io.usher.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Local mode: the service with its own PostgreSQL and Redis, on one machine, for developers. */
@ConfigMapping(prefix = "usher.local")
public interface LocalConfig {
    /** The folder that keeps the databases and the signing keys of local mode, relative to the working directory. */
    @WithDefault("data")
    Path dataDir();
}
