package io.usher.auth;

import io.smallrye.mutiny.Uni;
import io.usher.config.UsherConfig;
import io.usher.problem.ProblemException;
import io.usher.security.Caller;
import io.usher.security.SecurityConfig;
import io.usher.security.TokenInspector;
import io.usher.security.TokenInspector.Inspected;
import io.usher.user.Account;
import io.usher.user.AccountService;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells an admin what a token of one of its users is worth. A token of anybody else looks to it like one that is worth nothing. */
@ApplicationScoped
class IntrospectionService {
    private final TokenInspector tokens;
    private final AccountService accounts;
    private final String issuer;
    private final String audience;

    IntrospectionService(TokenInspector tokens, AccountService accounts, UsherConfig service, SecurityConfig config) {
        this.tokens = tokens;
        this.accounts = accounts;
        this.issuer = service.publicUrl().toString();
        this.audience = config.audience();
    }

    Uni<Introspection> introspect(Caller caller, String token) {
        return tokens.inspect(token)
                .chain(live -> accounts.inScope(caller, live.token().userId())
                        .map(account -> account == null ? Introspection.INACTIVE : active(live, account)))
                .onFailure(IntrospectionService::isWorthless)
                .recoverWithItem(Introspection.INACTIVE);
    }

    private Introspection active(Inspected live, Account account) {
        return new Introspection(
                true,
                account.id(),
                account.username() == null ? account.email() : account.username(),
                "*",
                live.token().expiresAt().getEpochSecond(),
                live.token().issuedAt().getEpochSecond(),
                issuer,
                audience,
                "Bearer",
                live.token().id(),
                account.roles());
    }

    private static boolean isWorthless(Throwable failure) {
        return failure instanceof ProblemException problem && problem.code().status() == 401;
    }
}
