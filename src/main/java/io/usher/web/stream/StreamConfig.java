package io.usher.web.stream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How many event streams a process keeps open, and how it keeps them alive. */
@ConfigMapping(prefix = "usher.streams")
public interface StreamConfig {
    /** Streams of all callers in this process, 1 or more; who wants one more is {@code overloaded}. */
    @WithDefault("500")
    int max();

    /** Streams of one user in this process, 1 or more; who wants one more is {@code rate_limited}. */
    @WithDefault("10")
    int maxPerUser();

    /** How long a stream is silent at most; less than proxies and {@code quarkus.http.idle-timeout} wait. */
    @WithDefault("15S")
    Duration heartbeat();
}
