package io.usher.security;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** bcrypt, off the event loop, on a bounded pool of as many threads as cores with a short queue; a full queue is {@code overloaded}. */
@ApplicationScoped
public class Passwords {
    /** bcrypt reads no further; what is longer is refused, never cut. */
    public static final int MAX_BYTES = 72;

    private static final Logger LOG = Logger.getLogger(Passwords.class);
    private static final String VERSION = "2b";
    private static final int SALT_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final PasswordWorkers workers;
    private final int cost;
    private final String dummyHash;
    private final Timer timer;

    @Inject
    Passwords(PasswordWorkers workers, SecurityConfig config, MeterRegistry metrics) {
        this.workers = workers;
        this.cost = config.bcryptCost();
        this.timer = Timer.builder("usher.password.time")
                .description("Time on a core for hashing or verifying one password")
                .register(metrics);
        this.dummyHash = bcrypt("no password is this one".getBytes(StandardCharsets.UTF_8));
    }

    /** Hashes a password of at most 72 bytes in UTF-8 at the configured cost. Call before a transaction, never inside one. */
    public Uni<String> hash(String password) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_BYTES) {
            return Uni.createFrom()
                    .failure(new IllegalArgumentException("The password policy admits 72 bytes at most"));
        }
        return workers.run(() -> timer.record(() -> bcrypt(bytes)));
    }

    /** Whether the password is the one that was hashed ({@code $2a$}, {@code $2b$}, {@code $2y$}); with no hash: false, after as much work. */
    public Uni<Boolean> matches(String password, @Nullable String hash) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        boolean canMatch = hash != null && BcryptFormat.matches(hash) && bytes.length <= MAX_BYTES;
        String compared = canMatch && hash != null ? hash : dummyHash;
        byte[] input = bytes.length <= MAX_BYTES ? bytes : new byte[0];
        return workers.run(() -> timer.record(() -> check(compared, input) || spendTheRest(compared)) && canMatch);
    }

    /**
     * Fails with {@code overloaded} where a password would not be looked at now. To be asked before a server is: what is turned away should cost
     * nobody anything.
     */
    public void requireRoom() {
        workers.requireRoom();
    }

    /** Whether a hash has another cost than the configured one, and should be renewed at the next login. */
    public boolean isOutdated(String hash) {
        return !BcryptFormat.matches(hash) || BcryptFormat.cost(hash) != cost;
    }

    private String bcrypt(byte[] password) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return OpenBSDBCrypt.generate(VERSION, password, salt, cost);
    }

    /**
     * What a hash of a lower cost took less than one of ours, so that a wrong password tells nobody which accounts have one: those that came from
     * another system, and have not signed in since. Each cost is twice the one before: what is missing is the sum of those from there on.
     */
    private boolean spendTheRest(String hash) {
        for (int missing = BcryptFormat.cost(hash); missing < cost; missing++) {
            OpenBSDBCrypt.generate(VERSION, new byte[0], new byte[SALT_BYTES], missing);
        }
        return false;
    }

    private static boolean check(String hash, byte[] password) {
        try {
            return OpenBSDBCrypt.checkPassword(BcryptFormat.canonical(hash), password);
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "A stored password hash is not well-formed bcrypt; its user cannot sign in until the password is reset");
            return false;
        }
    }
}
