package io.usher.security;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** bcrypt, off the event loop, on a bounded pool of as many threads as cores with a short queue; one that stays full is {@code overloaded}. */
@ApplicationScoped
public class Passwords {
    /** bcrypt reads no further; what is longer is refused, never cut. */
    public static final int MAX_BYTES = 72;

    private static final Logger LOG = Logger.getLogger(Passwords.class);
    private static final String VERSION = "2b";
    private static final int SALT_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration LATER = Duration.ofSeconds(2);

    private final PasswordWorkers workers;
    private final int cost;
    private final String dummyHash;
    private final Timer timer;
    private final Counter rounds;

    @Inject
    Passwords(PasswordWorkers workers, SecurityConfig config, MeterRegistry metrics) {
        this.workers = workers;
        this.cost = config.bcryptCost();
        this.timer = Timer.builder("usher.password.time")
                .description("Time on a core for hashing or verifying one password")
                .register(metrics);
        this.rounds = Counter.builder("usher.password.rounds")
                .description("bcrypt's rounds: two to the power of the cost for each hash that is made or compared")
                .register(metrics);
        this.dummyHash = BcryptFormat.ofNoPassword(cost, RANDOM);
    }

    /** Whether the text is a bcrypt hash ({@code $2a$}, {@code $2b$}, {@code $2y$}) that {@link #matches} takes: of a cost of 4 to 16. */
    public static boolean isHash(String text) {
        return BcryptFormat.matches(text);
    }

    /** Hashes a password of at most 72 bytes in UTF-8 at the configured cost. Call before a transaction, never inside one. */
    public Uni<String> hash(String password) {
        return hash(password, workers::run);
    }

    private Uni<String> hash(String password, Function<Supplier<String>, Uni<String>> runner) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_BYTES) {
            return Uni.createFrom()
                    .failure(new IllegalArgumentException("The password policy admits 72 bytes at most"));
        }
        return runner.apply(() -> timer.record(() -> bcrypt(bytes, cost)));
    }

    /**
     * As {@link #hash} for many, in their order. Waits where the queue is full instead of failing, and has never more of them at work than
     * there are threads, so that logins find room beside it.
     */
    public Uni<List<String>> hashAll(List<String> passwords) {
        if (passwords.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        List<Uni<String>> hashes = passwords.stream().map(this::hashPatiently).toList();
        return workers.backOnCaller(
                Uni.join().all(hashes).usingConcurrencyOf(workers.size()).andFailFast());
    }

    private Uni<String> hashPatiently(String password) {
        return Uni.createFrom()
                .deferred(() -> hash(password, workers::runNow))
                .onFailure(RejectedExecutionException.class)
                .retry()
                .withBackOff(SOON, LATER)
                .indefinitely();
    }

    /**
     * Whether the password is the one that was hashed ({@code $2a$}, {@code $2b$}, {@code $2y$}); with no hash: false. Every no takes as much
     * work as the configured cost, so that time does not tell who has an account; only a hash of a higher cost takes more.
     */
    public Uni<Boolean> matches(String password, @Nullable String hash) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        boolean canMatch = hash != null && BcryptFormat.matches(hash) && bytes.length <= MAX_BYTES;
        String compared = canMatch && hash != null ? hash : dummyHash;
        byte[] input = bytes.length <= MAX_BYTES ? bytes : new byte[0];
        return workers.run(() -> timer.record(() -> verify(compared, input)) && canMatch);
    }

    /**
     * Completes where a password would be looked at now, or a second later; fails with {@code overloaded} otherwise. To be asked before a server
     * is: what is turned away should cost nobody anything.
     */
    public Uni<Void> room() {
        return workers.room();
    }

    /** Whether a hash has another cost than the configured one, and should be renewed at the next login. */
    public boolean isOutdated(String hash) {
        return !BcryptFormat.matches(hash) || BcryptFormat.cost(hash) != cost;
    }

    /**
     * A no from a hash of a lower cost c makes up for the difference to the configured one, t, with hashes of the costs c, c + 1, … t - 1:
     * 2^c + (2^c + 2^(c+1) + … + 2^(t-1)) = 2^t. A yes need not: it tells more than its time does.
     */
    private boolean verify(String hash, byte[] password) {
        boolean right = check(hash, password);
        if (!right) {
            IntStream.range(BcryptFormat.cost(hash), cost).forEach(lower -> bcrypt(password, lower));
        }
        return right;
    }

    private String bcrypt(byte[] password, int withCost) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        rounds.increment((double) (1L << withCost));
        return OpenBSDBCrypt.generate(VERSION, password, salt, withCost);
    }

    private boolean check(String hash, byte[] password) {
        rounds.increment((double) (1L << BcryptFormat.cost(hash)));
        try {
            return OpenBSDBCrypt.checkPassword(BcryptFormat.canonical(hash), password);
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "A stored password hash is not well-formed bcrypt; its user cannot sign in until the password is reset");
            return false;
        }
    }
}
