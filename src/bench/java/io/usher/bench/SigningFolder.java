package io.usher.bench;

import io.usher.testing.SigningKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** The folder with the services' signing key, which this process made and therefore signs with as well: a thousand logins would take minutes. */
final class SigningFolder {
    static final String ISSUER = "https://usher.example.org";
    private static final String AUDIENCE = "usher";
    private static final Duration LIFE = Duration.ofHours(23);

    private final Path folder;
    private final RSAPrivateCrtKey key;
    private final String keyId;

    SigningFolder(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        Path file = folder.resolve("key-1.pem");
        if (!Files.exists(file)) {
            SigningKeys.makeKey(folder);
        }
        try {
            String pem = Files.readString(file).replaceAll("-----[A-Z ]+-----", "");
            KeyFactory keys = KeyFactory.getInstance("RSA");
            key = (RSAPrivateCrtKey) keys.generatePrivate(
                    new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
            keyId = new RsaJsonWebKey((java.security.interfaces.RSAPublicKey)
                            keys.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())))
                    .calculateBase64urlEncodedThumbprint("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IOException("No usable key in " + folder, e);
        }
    }

    Path folder() {
        return folder;
    }

    /** An access token as the service makes it, but good for a whole day of measuring. */
    String accessToken(UUID user, UUID session, List<String> roles) throws JoseException {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(AUDIENCE);
        claims.setSubject(user.toString());
        claims.setStringClaim("sid", session.toString());
        claims.setJwtId(UUID.randomUUID().toString());
        claims.setIssuedAt(NumericDate.now());
        claims.setExpirationTime(NumericDate.fromSeconds(NumericDate.now().getValue() + LIFE.toSeconds()));
        claims.setStringListClaim("groups", roles);
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        signature.setHeader("typ", "at+jwt");
        signature.setKeyIdHeaderValue(keyId);
        signature.setKey(key);
        signature.setPayload(claims.toJson());
        return signature.getCompactSerialization();
    }
}
