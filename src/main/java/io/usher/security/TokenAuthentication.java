package io.usher.security;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.usher.problem.ProblemException;
import io.usher.ratelimit.RateLimiter;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/**
 * Answers who makes a request, from the credentials in its headers. It runs only where a resource asks; what it refuses ends the request
 * as a problem, while the lack of any credential is left for the resource's own rules to judge.
 */
@ApplicationScoped
class TokenAuthentication implements HttpAuthenticationMechanism {
    private static final String SCHEME = "Bearer ";

    private final AccessTokens tokens;
    private final CallerLookup callers;
    private final RateLimiter limiter;

    @Inject
    TokenAuthentication(AccessTokens tokens, CallerLookup callers, RateLimiter limiter) {
        this.tokens = tokens;
        this.callers = callers;
        this.limiter = limiter;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        String token = bearer(context);
        if (token == null) {
            return anonymous(context).replaceWith(() -> null);
        }
        AccessToken verified;
        try {
            verified = tokens.verify(token);
        } catch (ProblemException refused) {
            return anonymous(context).chain(() -> Uni.createFrom().failure(refused));
        }
        return callers.admit(context, verified).map(TokenAuthentication::identity);
    }

    private Uni<Void> anonymous(RoutingContext context) {
        return limiter.anonymous(context, Client.of(context.request()).ip());
    }

    private static SecurityIdentity identity(Caller caller) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(caller)
                .addRoles(caller.roles())
                .build();
    }

    private static @Nullable String bearer(RoutingContext context) {
        String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? header.substring(SCHEME.length()).trim()
                : null;
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
    }
}
