package io.usher.security;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Says what a token is worth at this moment, without its bearer being the one who asks (RFC 7662). */
@ApplicationScoped
public class TokenInspector {
    /** A live token and the one it stands for. */
    public record Inspected(AccessToken token, Caller caller) {}

    private final AccessTokens tokens;
    private final CallerLookup callers;

    @Inject
    TokenInspector(AccessTokens tokens, CallerLookup callers) {
        this.tokens = tokens;
        this.callers = callers;
    }

    /** Fails with a {@code ProblemException} of status 401 where the token is good for nothing. */
    public Uni<Inspected> inspect(String token) {
        return Uni.createFrom().item(() -> tokens.verify(token)).chain(verified -> callers.find(verified)
                .map(caller -> new Inspected(verified, caller)));
    }
}
