package io.usher.security;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.usher.cache.UserCache;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.ratelimit.Policy;
import io.usher.ratelimit.RateLimiter;
import io.usher.security.Gate.Passage;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Finds the caller that an access token stands for, as its session is now. */
@ApplicationScoped
class CallerLookup {
    private final Gate gate;
    private final SessionStates states;
    private final UserCache cache;
    private final RateLimiter limiter;
    private final Clock clock;
    private final Counter hits;
    private final Counter misses;

    @Inject
    CallerLookup(
            Gate gate, SessionStates states, UserCache cache, RateLimiter limiter, Clock clock, MeterRegistry metrics) {
        this.gate = gate;
        this.states = states;
        this.cache = cache;
        this.limiter = limiter;
        this.clock = clock;
        this.hits = metrics.counter("usher.cache.sessions", "result", "hit");
        this.misses = metrics.counter("usher.cache.sessions", "result", "miss");
    }

    /** For a request of the caller's own, which counts against its limit. Fails with {@code rate_limited} or {@code session_revoked}. */
    Uni<Caller> admit(RoutingContext context, AccessToken token) {
        Policy policy = limiter.perUser();
        return gate.pass(token.userId(), token.sessionId(), policy)
                .invoke(passage -> enforce(context, policy, passage))
                .chain(passage -> caller(token, passage));
    }

    /** For somebody else's request. Fails with {@code session_revoked}. */
    Uni<Caller> find(AccessToken token) {
        return gate.pass(token.userId(), token.sessionId(), null).chain(passage -> caller(token, passage));
    }

    private void enforce(RoutingContext context, @Nullable Policy policy, Passage passage) {
        if (policy != null && passage.decision() != null) {
            limiter.enforce(context, policy, passage.decision());
        }
    }

    private Uni<Caller> caller(AccessToken token, Passage passage) {
        SessionState cached = passage.session();
        if (cached != null) {
            hits.increment();
            return Uni.createFrom().item(() -> caller(token, requireLive(cached), passage));
        }
        misses.increment();
        return states.load(token.userId(), token.sessionId())
                .map(this::requireLive)
                .call(state ->
                        cache.fillSession(token.userId(), token.sessionId(), passage.generation(), state.encode()))
                .map(state -> caller(token, state, passage));
    }

    private SessionState requireLive(@Nullable SessionState state) {
        if (state == null || !state.session().expiresAt().isAfter(clock.instant())) {
            throw ProblemException.of(ProblemCode.SESSION_REVOKED);
        }
        return state;
    }

    private static Caller caller(AccessToken token, SessionState state, Passage passage) {
        return new Caller(token.userId(), state.roles(), state.session(), passage.view(), passage.generation());
    }
}
