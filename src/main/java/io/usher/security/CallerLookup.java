package io.usher.security;

import io.smallrye.mutiny.Uni;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Finds the caller that an access token stands for, as its session is now. */
@ApplicationScoped
class CallerLookup {
    private final SessionStates states;

    @Inject
    CallerLookup(SessionStates states) {
        this.states = states;
    }

    /** Fails with {@code session_revoked}. */
    Uni<Caller> find(AccessToken token) {
        return states.load(token.userId(), token.sessionId())
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.of(ProblemCode.SESSION_REVOKED))
                .map(state -> new Caller(token.userId(), state.roles(), state.session(), null, null));
    }
}
