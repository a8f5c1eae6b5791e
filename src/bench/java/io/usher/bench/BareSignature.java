package io.usher.bench;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;

/** What a new access token costs at least: one RS256 signature by the library that the service signs with. */
final class BareSignature {
    private static final String LIBRARY = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";
    private static final int BITS = 2048;

    /** As long as what is signed of a token. */
    private static final byte[] SIGNED = new byte[420];

    private BareSignature() {}

    static Probe probe() throws GeneralSecurityException {
        Provider provider = provider();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", provider);
        generator.initialize(BITS);
        PrivateKey key = generator.generateKeyPair().getPrivate();
        return new CoreProbe("bare RS256 signature", thread -> sign(key, provider));
    }

    /** Amazon's where it is in the package; what the JDK prefers otherwise. */
    private static Provider provider() {
        try {
            return (Provider) Class.forName(LIBRARY).getField("INSTANCE").get(null);
        } catch (ReflectiveOperationException e) {
            return Security.getProviders("Signature.SHA256withRSA")[0];
        }
    }

    private static void sign(PrivateKey key, Provider provider) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA", provider);
        signature.initSign(key);
        signature.update(SIGNED);
        signature.sign();
    }
}
