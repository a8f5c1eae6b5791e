package io.usher.bench;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.time.Duration;

/** What a new access token costs at least: one RS256 signature by the library that the service signs with, on as many threads as there are cores. */
final class SignatureProbe implements Probe {
    private static final String LIBRARY = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";
    private static final int BITS = 2048;

    /** As long as what is signed of a token. */
    private static final byte[] SIGNED = new byte[420];

    private final int threads = Runtime.getRuntime().availableProcessors();
    private final Workers workers = new Workers(threads);
    private final Provider provider = provider();
    private final PrivateKey key;

    SignatureProbe() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", provider);
        generator.initialize(BITS);
        KeyPair pair = generator.generateKeyPair();
        this.key = pair.getPrivate();
    }

    /** Amazon's where it is in the package; what the JDK prefers otherwise. */
    private static Provider provider() {
        try {
            return (Provider) Class.forName(LIBRARY).getField("INSTANCE").get(null);
        } catch (ReflectiveOperationException e) {
            return Security.getProviders("Signature.SHA256withRSA")[0];
        }
    }

    @Override
    public String name() {
        return "bare RS256 signature, a thread a core";
    }

    @Override
    public int concurrency() {
        return threads;
    }

    @Override
    public void run(Duration time, Tally tally) throws Exception {
        workers.run(thread -> sign(), time, tally);
    }

    private void sign() throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA", provider);
        signature.initSign(key);
        signature.update(SIGNED);
        signature.sign();
    }

    @Override
    public CpuTime cpu() {
        return new CpuTime(0, 0, 0, CpuTime.of(ProcessHandle.current().pid()));
    }

    @Override
    public void close() {
        workers.close();
    }
}
