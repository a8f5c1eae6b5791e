package io.usher.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a comparison costs, counted in bcrypt's rounds: a no must cost the same whoever it is about, or time tells who has an account. */
class PasswordWorkTest {
    private static final int COST = 8;
    private static final double ROUNDS = 1L << COST;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final SecurityConfig config = new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(SecurityConfig.class)
            .withDefaultValue("usher.auth.bcrypt-cost", Integer.toString(COST))
            .build()
            .getConfigMapping(SecurityConfig.class);
    private final PasswordWorkers workers = new PasswordWorkers(config, metrics);
    private final Passwords passwords = new Passwords(workers, config, metrics);

    @AfterEach
    void stop() throws InterruptedException {
        workers.stop();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 7, 8})
    void aWrongPasswordCostsTheSameWhateverTheCostOfItsHash(int cost) {
        assertThat(roundsOf("Wrong-Horse-7", hash(cost), false)).isEqualTo(ROUNDS);
    }

    @Test
    void anUnknownUserAHashThatIsNoneAndAPasswordThatIsTooLongCostTheSame() {
        assertThat(roundsOf("Wrong-Horse-7", null, false)).isEqualTo(ROUNDS);
        assertThat(roundsOf("Wrong-Horse-7", "not a hash", false)).isEqualTo(ROUNDS);
        assertThat(roundsOf("x".repeat(73), hash(4), false)).isEqualTo(ROUNDS);
    }

    @Test
    void theRightPasswordCostsWhatItsHashCosts() {
        assertThat(roundsOf("Correct-Horse-7", hash(5), true)).isEqualTo(1L << 5);
        assertThat(roundsOf("Correct-Horse-7", hash(COST), true)).isEqualTo(ROUNDS);
    }

    @Test
    void nothingIsHashedBeforeTheFirstPassword() {
        assertThat(rounds()).isZero();
    }

    /** Bouncy Castle refuses what is not well-formed at once, and its time would tell. */
    @RepeatedTest(50)
    void whatStandsForTheHashOfAnUnknownUserIsComparedAsAnyOther() {
        String hash = BcryptFormat.ofNoPassword(4, new SecureRandom());

        assertThat(hash).startsWith("$2b$04$").matches(BcryptFormat::matches);
        assertThat(OpenBSDBCrypt.checkPassword(hash, "Wrong-Horse-7".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
    }

    private double roundsOf(String password, String hash, boolean expected) {
        double before = rounds();
        assertThat(passwords.matches(password, hash).await().indefinitely()).isEqualTo(expected);
        return rounds() - before;
    }

    private double rounds() {
        return metrics.get("usher.password.rounds").counter().count();
    }

    private static String hash(int cost) {
        byte[] password = "Correct-Horse-7".getBytes(StandardCharsets.UTF_8);
        return OpenBSDBCrypt.generate("2b", password, new byte[16], cost);
    }
}
