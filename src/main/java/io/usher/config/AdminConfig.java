package io.usher.config;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** The first super admin, created at start where it does not exist and updated where it does. */
@ConfigMapping(prefix = "usher.admin")
public interface AdminConfig {
    /** The super admin's address; without one, no admin is made. Local mode has a default. */
    Optional<String> email();

    /**
     * The super admin's password; it must satisfy the password rules. Where it is absent an existing admin keeps its own, and local mode
     * makes one up for a new admin and prints it once.
     */
    Optional<String> password();
}
