package io.usher.security;

import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;

/**
 * One RSA key pair.
 *
 * @param id its RFC 7638 thumbprint: the same on every replica, whatever the file is called
 * @param fileName where it came from, without the folder
 * @param since when its file was written
 */
record SigningKey(String id, PrivateKey privateKey, RSAPublicKey publicKey, String fileName, Instant since) {
    /** Without the key. */
    @Override
    public String toString() {
        return "SigningKey[id=" + id + ", fileName=" + fileName + ", since=" + since + "]";
    }
}
