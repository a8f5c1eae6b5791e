package io.usher.auth;

import io.smallrye.mutiny.Uni;
import io.usher.config.UsherConfig;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.AccessToken;
import io.usher.security.Caller;
import io.usher.security.KeyScope;
import io.usher.security.SecurityConfig;
import io.usher.security.Subjects;
import io.usher.security.TokenInspector;
import io.usher.security.TokenInspector.Inspected;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Tells what a token or key of a user in the caller's scope is worth. That of anybody else looks like one that is worth nothing. */
@ApplicationScoped
class IntrospectionService {
    private final TokenInspector tokens;
    private final Subjects subjects;
    private final String issuer;
    private final String audience;

    IntrospectionService(TokenInspector tokens, Subjects subjects, UsherConfig service, SecurityConfig config) {
        this.tokens = tokens;
        this.subjects = subjects;
        this.issuer = service.publicUrl().toString();
        this.audience = config.audience();
    }

    Uni<Introspection> introspect(Caller caller, String token) {
        requireRight(caller);
        return tokens.inspect(token)
                .chain(live -> subjects.isInScope(caller, live.caller().userId())
                        .map(seen -> seen ? active(live) : Introspection.INACTIVE))
                .onFailure(IntrospectionService::isWorthless)
                .recoverWithItem(Introspection.INACTIVE);
    }

    /** A customer has no business with tokens; a key of its that was given the scope has, within the customer's own. */
    private static void requireRight(Caller caller) {
        if (!caller.isAdmin() && caller.apiKey() == null) {
            throw ProblemException.of(ProblemCode.FORBIDDEN, "Only admins and API keys may ask what a token is worth.");
        }
    }

    private Introspection active(Inspected live) {
        AccessToken token = live.token();
        Caller.Key key = live.caller().apiKey();
        Instant expires = token == null ? live.caller().credential().expiresAt() : token.expiresAt();
        return new Introspection(
                true,
                live.caller().userId(),
                live.caller().signInName(),
                key == null ? KeyScope.ALL.value() : scope(key),
                expires == null ? null : expires.getEpochSecond(),
                token == null ? null : token.issuedAt().getEpochSecond(),
                issuer,
                audience,
                key == null ? "Bearer" : "api_key",
                token == null ? live.caller().credential().id().toString() : token.id(),
                List.copyOf(live.caller().roles()));
    }

    private static String scope(Caller.Key key) {
        return key.scopes().stream().map(KeyScope::value).sorted().collect(Collectors.joining(" "));
    }

    private static boolean isWorthless(Throwable failure) {
        return failure instanceof ProblemException problem && problem.code().status() == 401;
    }
}
