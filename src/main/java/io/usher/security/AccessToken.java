package io.usher.security;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * What a genuine, unexpired access token says. Whether its session still lives is for the session state to say.
 *
 * @param userId {@code sub}
 * @param sessionId {@code sid}
 * @param id {@code jti}
 * @param roles {@code groups}, as they were when the token was issued
 * @param issuedAt {@code iat}
 * @param expiresAt {@code exp}
 */
public record AccessToken(
        UUID userId, UUID sessionId, String id, Set<String> roles, Instant issuedAt, Instant expiresAt) {}
