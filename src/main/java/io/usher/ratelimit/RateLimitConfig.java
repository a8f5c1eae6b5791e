package io.usher.ratelimit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How often what may be done: {@code <quota>/<window>}, as in {@code 5/60s}. */
@ConfigMapping(prefix = "usher.rate-limit")
public interface RateLimitConfig {
    /** Whether anything is limited at all. Off in production is a warning at start. */
    @WithDefault("true")
    boolean enabled();

    /** Logins, codes, mails, passwords: per account (or address, where no account is named) and action. */
    @WithDefault("5/60s")
    Limit sensitive();

    /** The same per address and action, whatever the account: against trying one password on many. An office shares an address. */
    @WithDefault("100/60s")
    Limit sensitivePerIp();

    /** Refreshes of tokens, per address. */
    @WithDefault("600/60s")
    Limit refresh();

    /** Everything else, per user, or per address for requests without one. */
    @WithDefault("1200/60s")
    Limit api();
}
