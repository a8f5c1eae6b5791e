package io.usher.web;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much a request may carry. */
@ConfigMapping(prefix = "usher.body")
public interface BodyConfig {
    /** The most that a body may have; operations that take files have limits of their own ({@link LargeBody}). */
    @WithDefault("2M")
    MemorySize maxSize();
}
