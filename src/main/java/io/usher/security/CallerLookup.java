package io.usher.security;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.usher.cache.UserCache;
import io.usher.ratelimit.Policy;
import io.usher.ratelimit.RateLimiter;
import io.usher.security.Gate.Passage;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Finds the caller that a credential stands for, as its session or key is now. */
@ApplicationScoped
class CallerLookup {
    private final Gate gate;
    private final CallerStates states;
    private final UserCache cache;
    private final RateLimiter limiter;
    private final Clock clock;
    private final Counter hits;
    private final Counter misses;

    @Inject
    CallerLookup(
            Gate gate, CallerStates states, UserCache cache, RateLimiter limiter, Clock clock, MeterRegistry metrics) {
        this.gate = gate;
        this.states = states;
        this.cache = cache;
        this.limiter = limiter;
        this.clock = clock;
        this.hits = metrics.counter("usher.cache.sessions", "result", "hit");
        this.misses = metrics.counter("usher.cache.sessions", "result", "miss");
    }

    /** For a request of the caller's own, which counts against its limit. Fails with {@code rate_limited}, or with the claim's refusal. */
    Uni<Caller> admit(RoutingContext context, Claim claim) {
        Policy policy = limiter.perUser();
        return gate.pass(claim, policy)
                .invoke(passage -> enforce(context, policy, passage))
                .chain(passage -> caller(claim, passage));
    }

    /** For somebody else's request. Fails with the claim's refusal. */
    Uni<Caller> find(Claim claim) {
        return gate.pass(claim, null).chain(passage -> caller(claim, passage));
    }

    private void enforce(RoutingContext context, @Nullable Policy policy, Passage passage) {
        if (policy != null && passage.decision() != null) {
            limiter.enforce(context, policy, passage.decision());
        }
    }

    private Uni<Caller> caller(Claim claim, Passage passage) {
        CallerState cached = passage.state();
        if (cached != null) {
            hits.increment();
            return Uni.createFrom().item(() -> caller(claim, requireLive(claim, cached), passage));
        }
        misses.increment();
        return states.load(claim)
                .map(state -> requireLive(claim, state))
                .call(state -> cache.fillState(claim.stateKey(), passage.generation(), state.encode()))
                .map(state -> caller(claim, state, passage));
    }

    private CallerState requireLive(Claim claim, @Nullable CallerState state) {
        if (state == null || !state.isLive(clock.instant())) {
            throw claim.refusal();
        }
        return state;
    }

    private static Caller caller(Claim claim, CallerState state, Passage passage) {
        return new Caller(
                claim.userId(),
                state.signInName(),
                state.roles(),
                state.credential(),
                passage.view(),
                passage.generation());
    }
}
