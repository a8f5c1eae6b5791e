package io.usher.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How users prove who they are: tokens, sessions, passwords, signing keys. */
@ConfigMapping(prefix = "usher.auth")
public interface SecurityConfig {
    /** What an account without a password needs to set its first one. */
    enum PasswordSetup {
        /** The set-up token that its invitation carried. */
        TOKEN,
        /** Nothing: whoever comes first. What older front ends did; off by default, and start-up warns. */
        OPEN
    }

    /** How long an access token is good for, 1 second to 24 hours; never longer than its session. */
    @WithDefault("15M")
    Duration accessTokenTtl();

    /** How long a session lasts from its login on, whatever happens in it, 1 second to 90 days. */
    @WithDefault("24H")
    Duration sessionTtl();

    /** bcrypt's cost, 10 to 16; local, dev and test mode may go down to 4. One more doubles the time of a login. */
    @WithDefault("12")
    int bcryptCost();

    /** How many passwords may wait for a core, 1 to 1000; what comes on top is {@code overloaded}. */
    @WithDefault("16")
    int passwordQueue();

    /** How an account without a password gets its first one: {@code token} or {@code open}. */
    @WithDefault("token")
    PasswordSetup passwordSetup();

    /** The {@code aud} of the access tokens: the name under which resource servers know this API. */
    @WithDefault("usher")
    String audience();

    /** The folder with the signing keys: {@code *.pem}, PKCS#8, RSA of 2048 bit or more. The newest signs, every one verifies. */
    Optional<Path> keysDir();
}
