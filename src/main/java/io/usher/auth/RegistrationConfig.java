package io.usher.auth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who may make an account by itself. */
@ConfigMapping(prefix = "usher.registration")
public interface RegistrationConfig {
    /** Whether anybody may register; if not, admins invite. */
    @WithDefault("true")
    boolean enabled();

    /**
     * Whether an address must be proven by a mailed code before it can sign in. Without it, registering signs in at once, and tells whether
     * an address has an account.
     */
    @WithDefault("true")
    boolean verification();
}
