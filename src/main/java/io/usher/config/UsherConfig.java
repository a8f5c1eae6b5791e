package io.usher.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** What belongs to the service as a whole and to no feature. */
@ConfigMapping(prefix = "usher")
public interface UsherConfig {
    /**
     * Where clients reach the service, without a slash at the end: the issuer of its tokens and the start of every link in a mail. Must be
     * https outside of local, dev and test mode.
     */
    @WithDefault("https://api.localhost")
    URI publicUrl();

    /**
     * Where traces go, as OTLP over HTTP: a collector's address such as {@code http://collector:4318}. Without it nothing is traced, and no
     * request pays for it.
     */
    Optional<URI> tracesEndpoint();
}
