package io.usher.security;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.ratelimit.RateLimiter;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Answers who makes a request, from the access token or API key in its headers. It runs only where a resource asks; what it refuses ends
 * the request as a problem, while the lack of any credential is left for the resource's own rules to judge.
 */
@ApplicationScoped
class TokenAuthentication implements HttpAuthenticationMechanism {
    private final AccessTokens tokens;
    private final KeyDirectory keys;
    private final CallerLookup callers;
    private final RateLimiter limiter;

    @Inject
    TokenAuthentication(AccessTokens tokens, KeyDirectory keys, CallerLookup callers, RateLimiter limiter) {
        this.tokens = tokens;
        this.keys = keys;
        this.callers = callers;
        this.limiter = limiter;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        PresentedCredential presented = PresentedCredential.of(context.request().headers());
        return switch (presented.kind()) {
            case NONE -> limiter.anonymous(context, ip(context)).replaceWith(() -> null);
            case TOKEN -> token(context, presented.text());
            case KEY -> key(context, presented.text());
            case AMBIGUOUS -> refuse(context, ambiguous());
        };
    }

    private Uni<SecurityIdentity> token(RoutingContext context, String text) {
        AccessToken verified;
        try {
            verified = tokens.verify(text);
        } catch (ProblemException refused) {
            return refuse(context, refused);
        }
        return callers.admit(context, SessionClaim.of(verified)).map(TokenAuthentication::identity);
    }

    /** What is no key costs neither Redis nor PostgreSQL anything; what could be one is limited before it is looked up. */
    private Uni<SecurityIdentity> key(RoutingContext context, String text) {
        ApiKeySecret secret = ApiKeySecret.parse(text);
        if (secret == null) {
            return Uni.createFrom().deferred(() -> {
                limiter.anonymousAlone(context, ip(context));
                return Uni.createFrom().failure(KeyClaim.invalid());
            });
        }
        KeyClaim known = keys.known(secret);
        Uni<KeyClaim> claim = known != null
                ? Uni.createFrom().item(known)
                : limiter.unknownKey(context, ip(context)).chain(() -> keys.locate(secret));
        return claim.chain(located -> callers.admit(context, located)).map(TokenAuthentication::identity);
    }

    private Uni<SecurityIdentity> refuse(RoutingContext context, ProblemException refused) {
        return limiter.anonymous(context, ip(context))
                .chain(() -> Uni.createFrom().failure(refused));
    }

    private static ProblemException ambiguous() {
        return ProblemException.of(
                ProblemCode.UNAUTHENTICATED, "Send one credential: an access token, or an API key, and each once.");
    }

    private static String ip(RoutingContext context) {
        return Client.of(context.request()).ip();
    }

    private static SecurityIdentity identity(Caller caller) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(caller)
                .addRoles(caller.roles())
                .build();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
    }
}
