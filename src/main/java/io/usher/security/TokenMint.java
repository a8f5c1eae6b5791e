package io.usher.security;

import io.usher.security.SessionService.Tokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** Makes the tokens of a session. None outlives it. */
@ApplicationScoped
class TokenMint {
    private static final String REFRESH_PREFIX = "usrt_";

    private final AccessTokens accessTokens;
    private final SecurityConfig config;

    @Inject
    TokenMint(AccessTokens accessTokens, SecurityConfig config) {
        this.accessTokens = accessTokens;
        this.config = config;
    }

    String refreshToken() {
        return Secrets.token(REFRESH_PREFIX);
    }

    Tokens tokens(UUID userId, UUID session, Set<String> roles, String refreshToken, Instant now, Instant sessionEnds) {
        Instant expires = now.plus(config.accessTokenTtl());
        if (expires.isAfter(sessionEnds)) {
            expires = sessionEnds;
        }
        String accessToken = accessTokens.sign(userId, session, roles, now, expires);
        return new Tokens(session, accessToken, seconds(now, expires), refreshToken, seconds(now, sessionEnds));
    }

    private static long seconds(Instant from, Instant to) {
        return Duration.between(from, to).toSeconds();
    }
}
