package io.usher.security;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Says what a token or API key is worth at this moment, without its bearer being the one who asks (RFC 7662). */
@ApplicationScoped
public class TokenInspector {
    /** The one that a live credential stands for, and what it says itself where it is an access token. */
    public record Inspected(Caller caller, @Nullable AccessToken token) {}

    private final AccessTokens tokens;
    private final KeyDirectory keys;
    private final CallerLookup callers;

    @Inject
    TokenInspector(AccessTokens tokens, KeyDirectory keys, CallerLookup callers) {
        this.tokens = tokens;
        this.keys = keys;
        this.callers = callers;
    }

    /** Fails with a {@code ProblemException} of status 401 where the credential is good for nothing. */
    public Uni<Inspected> inspect(String text) {
        return PresentedCredential.bearer(text).kind() == PresentedCredential.Kind.KEY ? key(text) : token(text);
    }

    private Uni<Inspected> token(String text) {
        return Uni.createFrom().item(() -> tokens.verify(text)).chain(verified -> callers.find(
                        SessionClaim.of(verified))
                .map(caller -> new Inspected(caller, verified)));
    }

    private Uni<Inspected> key(String text) {
        ApiKeySecret secret = ApiKeySecret.parse(text);
        if (secret == null) {
            return Uni.createFrom().failure(KeyClaim.invalid());
        }
        KeyClaim known = keys.known(secret);
        Uni<KeyClaim> claim = known != null ? Uni.createFrom().item(known) : keys.locate(secret);
        return claim.chain(callers::find).map(caller -> new Inspected(caller, null));
    }
}
