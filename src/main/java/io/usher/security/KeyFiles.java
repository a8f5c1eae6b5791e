package io.usher.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;

/** The PEM files in the keys folder. Every complaint names the property and the file. */
final class KeyFiles {
    private static final String PROPERTY = "usher.auth.keys-dir";
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final int MIN_BITS = 2048;
    private static final int NEW_BITS = 2048;

    private KeyFiles() {}

    /** Every {@code *.pem} of the folder, links followed: that is how Kubernetes mounts secrets. */
    static List<SigningKey> read(Path folder) {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(file -> file.getFileName().toString().endsWith(".pem"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(PROPERTY + ": the folder " + folder + " cannot be read", e);
        }
        List<SigningKey> keys = new ArrayList<>();
        files.forEach(file -> keys.add(readKey(file)));
        return keys;
    }

    private static SigningKey readKey(Path file) {
        try {
            RSAPrivateCrtKey key = parse(file, Files.readString(file, StandardCharsets.US_ASCII));
            RSAPublicKey publicKey = (RSAPublicKey) KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
            if (key.getModulus().bitLength() < MIN_BITS) {
                throw refused(
                        file,
                        "has " + key.getModulus().bitLength() + " bit; at least " + MIN_BITS + " are needed",
                        null);
            }
            String id = new RsaJsonWebKey(publicKey).calculateBase64urlEncodedThumbprint("SHA-256");
            return new SigningKey(
                    id,
                    key,
                    publicKey,
                    file.getFileName().toString(),
                    Files.getLastModifiedTime(file).toInstant());
        } catch (IOException e) {
            throw refused(file, "cannot be read", e);
        } catch (GeneralSecurityException e) {
            throw refused(file, "does not hold a usable RSA key", e);
        }
    }

    private static RSAPrivateCrtKey parse(Path file, String pem) throws GeneralSecurityException {
        int begin = pem.indexOf(BEGIN);
        int end = pem.indexOf(END);
        if (begin < 0 || end < begin) {
            throw refused(file, "does not hold a PKCS#8 private key in PEM ('" + BEGIN + "')", null);
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
            PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
            if (key instanceof RSAPrivateCrtKey rsa) {
                return rsa;
            }
        } catch (IllegalArgumentException e) {
            throw refused(file, "is not Base64 between its markers", e);
        }
        throw refused(file, "does not hold a complete RSA key", null);
    }

    private static IllegalStateException refused(
            Path file, String why, java.lang.@org.jspecify.annotations.Nullable Throwable cause) {
        return new IllegalStateException(PROPERTY + ": " + file + " " + why, cause);
    }

    /** Makes a key that nobody but the owner of the process can read. */
    static void generate(Path folder) {
        try {
            Files.createDirectories(folder);
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(NEW_BITS);
            byte[] der = generator.generateKeyPair().getPrivate().getEncoded();
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
            Path unfinished = createPrivate(folder);
            Files.writeString(unfinished, BEGIN + "\n" + body + "\n" + END + "\n", StandardCharsets.US_ASCII);
            Files.move(unfinished, folder.resolve("signing-key.pem"));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(PROPERTY + ": no key could be made in " + folder, e);
        }
    }

    private static Path createPrivate(Path folder) throws IOException {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? Files.createTempFile(
                        folder,
                        "signing-key",
                        ".tmp",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : Files.createTempFile(folder, "signing-key", ".tmp");
    }

    /** The public half as a JWK (RFC 7517). */
    static RsaJsonWebKey toJwk(SigningKey key) {
        RsaJsonWebKey jwk = new RsaJsonWebKey(key.publicKey());
        jwk.setKeyId(key.id());
        jwk.setUse("sig");
        jwk.setAlgorithm("RS256");
        return jwk;
    }

    static java.util.Map<String, Object> toPublicParameters(SigningKey key) {
        return toJwk(key).toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }
}
