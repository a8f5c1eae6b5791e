package io.usher.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The access tokens that were found genuine since the keys were read last: a client sends the same one for a quarter of an hour, and RSA's
 * arithmetic says the same of it each time. Only what never changes of a token is remembered. Whether it has expired and whether its session
 * lives is asked at every request, and what one reading of the keys has proven is worth nothing after the next, half a minute later.
 */
final class VerifiedTokens {
    /** Characters of tokens: those of some 20,000 users at a time, and 30 MB of heap. */
    private static final long MOST = 16_000_000;

    /** By SHA-256, so that no heap dump has tokens, and no comparison tells how much of a guess was right. */
    private final Cache<ByteBuffer, Proof> proofs = Caffeine.newBuilder()
            .maximumWeight(MOST)
            .weigher((ByteBuffer hash, Proof proof) -> proof.length())
            .build();

    private record Proof(KeySet keys, AccessToken token, int length) {}

    /** Null where the token has to be verified; also where it was, by an earlier reading of the same keys. */
    @SuppressWarnings("ReferenceEquality")
    @Nullable
    AccessToken find(String token, KeySet keys) {
        Proof proof = proofs.getIfPresent(hash(token));
        return proof != null && proof.keys() == keys ? proof.token() : null;
    }

    /** @param keys with which the token was verified */
    void add(String token, KeySet keys, AccessToken verified) {
        proofs.put(hash(token), new Proof(keys, verified, token.length()));
    }

    private static ByteBuffer hash(String token) {
        return ByteBuffer.wrap(Secrets.sha256(token));
    }
}
