package io.usher.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;

/** What belongs to the service as a whole and to no feature. */
@ConfigMapping(prefix = "usher")
public interface UsherConfig {
    /**
     * Where clients reach the service, without a slash at the end: the issuer of its tokens and the start of every link in a mail. Must be
     * https outside of local, dev and test mode.
     */
    @WithDefault("https://api.localhost")
    URI publicUrl();
}
