package io.usher.security;

import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.usher.config.UsherConfig;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.JoseException;

/**
 * Access tokens: RS256 JWTs of type {@code at+jwt} (RFC 9068). The key and the algorithm are ours to choose when a token is checked;
 * nothing in its header but {@code kid} and {@code typ} has a say.
 */
@ApplicationScoped
public class AccessTokens {
    private static final String TYPE = "at+jwt";
    private static final int MAX_LENGTH = 8192;
    private static final AlgorithmConstraints RS256_ONLY =
            new AlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, AlgorithmIdentifiers.RSA_USING_SHA256);

    private final SigningKeys keys;
    private final Clock clock;
    private final String issuer;
    private final String audience;
    private final VerifiedTokens proven = new VerifiedTokens();
    private final AtomicBoolean sought = new AtomicBoolean();
    private volatile RsaLibrary rsa = RsaLibrary.jdk();

    @Inject
    AccessTokens(SigningKeys keys, Clock clock, UsherConfig service, SecurityConfig config) {
        this.keys = keys;
        this.clock = clock;
        this.issuer = service.publicUrl().toString();
        this.audience = config.audience();
    }

    /** Signs a token with the newest key; a quarter of a millisecond of one core, or a whole one where {@link RsaLibrary} is the JDK. */
    String sign(UUID userId, UUID sessionId, Set<String> roles, Instant now, Instant expiresAt) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setAudience(audience);
        claims.setSubject(userId.toString());
        claims.setStringClaim("sid", sessionId.toString());
        claims.setJwtId(UUID.randomUUID().toString());
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(expiresAt.getEpochSecond()));
        claims.setStringListClaim("groups", List.copyOf(roles));
        return sign(claims, keys.current().signing());
    }

    private String sign(JwtClaims claims, SigningKey key) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        signature.setHeader("typ", TYPE);
        signature.setKeyIdHeaderValue(key.id());
        RsaLibrary present = library();
        signature.setProviderContext(present.context());
        signature.setKey(present.form(key));
        signature.setPayload(claims.toJson());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("The access token could not be signed", e);
        }
    }

    /** Looked for when there is something to sign, and beside the event loops: until it is there the JDK signs. */
    private RsaLibrary library() {
        if (!sought.getAndSet(true)) {
            Infrastructure.getDefaultExecutor().execute(() -> rsa = RsaLibrary.find());
        }
        return rsa;
    }

    /**
     * Checks a token's signature, type, issuer, audience and time.
     *
     * @throws ProblemException {@code token_expired} for one that is ours but too old, {@code unauthenticated} for anything else
     */
    public AccessToken verify(String token) {
        KeySet present = keys.current();
        AccessToken known = proven.find(token, present);
        AccessToken verified = known != null ? known : prove(token, present);
        if (!clock.instant().isBefore(verified.expiresAt())) {
            throw ProblemException.of(ProblemCode.TOKEN_EXPIRED);
        }
        if (known == null) {
            proven.add(token, present, verified);
        }
        return verified;
    }

    private AccessToken prove(String token, KeySet keys) {
        try {
            return claims(payload(token, keys));
        } catch (JoseException | InvalidJwtException | MalformedClaimException | RuntimeException e) {
            // The library casts header values to what they should be: a forger may send anything in their place.
            throw ProblemException.of(ProblemCode.UNAUTHENTICATED, "The access token is not valid.");
        }
    }

    private static String payload(String token, KeySet keys) throws JoseException {
        if (token.length() > MAX_LENGTH) {
            throw new JoseException("too long");
        }
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(RS256_ONLY);
        signature.setCompactSerialization(token);
        if (!TYPE.equalsIgnoreCase(signature.getHeader("typ"))) {
            throw new JoseException("not an access token");
        }
        SigningKey key = keys.find(signature.getKeyIdHeaderValue());
        if (key == null) {
            throw new JoseException("not our key");
        }
        signature.setKey(key.publicKey());
        if (!signature.verifySignature()) {
            throw new JoseException("wrong signature");
        }
        return signature.getPayload();
    }

    private AccessToken claims(String payload) throws InvalidJwtException, MalformedClaimException, JoseException {
        JwtClaims claims = JwtClaims.parse(payload);
        NumericDate issuedAt = claims.getIssuedAt();
        NumericDate expiresAt = claims.getExpirationTime();
        if (!issuer.equals(claims.getIssuer())
                || !claims.getAudience().contains(audience)
                || claims.getSubject() == null
                || claims.getStringClaimValue("sid") == null
                || claims.getJwtId() == null
                || issuedAt == null
                || expiresAt == null) {
            throw new JoseException("a claim is missing, or meant for somebody else");
        }
        return new AccessToken(
                UUID.fromString(claims.getSubject()),
                UUID.fromString(claims.getStringClaimValue("sid")),
                claims.getJwtId(),
                Set.copyOf(claims.getStringListClaimValue("groups")),
                Instant.ofEpochSecond(issuedAt.getValue()),
                Instant.ofEpochSecond(expiresAt.getValue()));
    }
}
