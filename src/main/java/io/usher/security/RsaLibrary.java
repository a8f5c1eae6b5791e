package io.usher.security;

import java.lang.reflect.InvocationTargetException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jose4j.jca.ProviderContext;
import org.jspecify.annotations.Nullable;

/**
 * Who does the arithmetic of signing. Amazon's library does it in a quarter of the JDK's time, where it is in the package and runs on this machine
 * (decision 163); everywhere else it is the JDK. The bytes of a signature are the same, since there is nothing random in it (RFC 8017, section 8.2).
 */
final class RsaLibrary {
    private static final Logger LOG = Logger.getLogger(RsaLibrary.class);
    private static final String LIBRARY = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

    private final @Nullable Provider provider;
    private final ProviderContext context = new ProviderContext();
    private final AtomicReference<@Nullable Prepared> last = new AtomicReference<>();

    private RsaLibrary(@Nullable Provider provider) {
        this.provider = provider;
        if (provider != null) {
            // behind all others: nothing but what names it is served by it
            Security.addProvider(provider);
            context.getSuppliedKeyProviderContext().setSignatureProvider(provider.getName());
        }
    }

    /** A key in the form that the library signs with: to bring it there takes longer than to sign. */
    private record Prepared(SigningKey key, PrivateKey form) {}

    /** What is always there. */
    static RsaLibrary jdk() {
        return new RsaLibrary(null);
    }

    /** Looks for it; takes some hundred milliseconds where it is there. */
    static RsaLibrary find() {
        try {
            Provider found =
                    (Provider) Class.forName(LIBRARY).getField("INSTANCE").get(null);
            Object failure = found.getClass().getMethod("getLoadingError").invoke(found);
            if (failure == null) {
                return new RsaLibrary(found);
            }
            LOG.infof("Signing with the JDK, at four times the CPU time: %s does not run here (%s)", LIBRARY, failure);
        } catch (ClassNotFoundException e) {
            LOG.debug("Signing with the JDK");
        } catch (IllegalAccessException | NoSuchFieldException | NoSuchMethodException | InvocationTargetException e) {
            throw new IllegalStateException(LIBRARY + " is not what it was", e);
        }
        return jdk();
    }

    /** For what signs with {@link #form}. */
    ProviderContext context() {
        return context;
    }

    /** The key to sign with; that of the last call is remembered, since one key signs for a long time. */
    @SuppressWarnings("ReferenceEquality")
    PrivateKey form(SigningKey key) {
        if (provider == null) {
            return key.privateKey();
        }
        Prepared known = last.get();
        if (known == null || known.key() != key) {
            known = new Prepared(key, translated(key, provider));
            last.set(known);
        }
        return known.form();
    }

    private static PrivateKey translated(SigningKey key, Provider provider) {
        try {
            return (PrivateKey) KeyFactory.getInstance("RSA", provider).translateKey(key.privateKey());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Key " + key.id() + " was read as an RSA key", e);
        }
    }
}
