package io.usher.security;

import io.usher.cache.CacheKeys;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What an API key claims: that it is this key, present or just replaced, and that the key is in force.
 *
 * @param hash the hash of what was presented: a rotated key has two for a while, with a state each
 */
record KeyClaim(UUID userId, UUID keyId, String hash) implements Claim {
    /** Unknown, revoked, expired, replaced, of a stopped user: to whoever holds it these are all the same. */
    static ProblemException invalid() {
        return ProblemException.of(ProblemCode.UNAUTHENTICATED, "The API key is not valid.");
    }

    @Override
    public String stateKey() {
        return CacheKeys.apiKey(userId, hash);
    }

    @Override
    public String counter(String policy) {
        return CacheKeys.limit(userId, policy + ":" + keyId);
    }

    @Override
    public String sql() {
        return KeySql.STATE;
    }

    @Override
    public Tuple parameters(Instant now, Instant minuteAgo) {
        return Tuple.of(keyId, userId, hash, Times.toSql(now), Times.toSql(minuteAgo));
    }

    @Override
    public CallerState state(Row row) {
        OffsetDateTime expires = row.getOffsetDateTime("expires_at");
        Set<KeyScope> scopes = Arrays.stream(row.getArrayOfStrings("scopes"))
                .map(KeyScope::of)
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
        Caller.Key key = new Caller.Key(keyId, scopes, expires == null ? null : expires.toInstant());
        return CallerState.of(key, row);
    }

    @Override
    public ProblemException refusal() {
        return invalid();
    }

    /** Without the hash: records end up in logs. */
    @Override
    public String toString() {
        return "KeyClaim[" + keyId + "]";
    }
}
