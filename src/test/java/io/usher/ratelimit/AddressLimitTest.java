package io.usher.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.usher.problem.ProblemException;
import io.usher.security.Fixtures;
import io.usher.testing.ClosedSettings;
import io.usher.testing.UsherTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The guard against one password tried on many accounts, at its default width. */
@UsherTest
@TestProfile(ClosedSettings.class)
class AddressLimitTest {
    @Inject
    RateLimiter limiter;

    @Inject
    Fixtures fixtures;

    @Test
    void stopsOneAddressThatTriesManyAccounts() {
        String ip = "203.0.113." + new Random().nextInt(250);

        List<String> outcomes = fixtures.run(() -> Uni.join()
                .all(IntStream.range(0, 130)
                        .mapToObj(i -> login(UUID.randomUUID().toString(), ip))
                        .toList())
                .andCollectFailures());

        assertThat(outcomes).filteredOn("allowed"::equals).hasSize(100);
        assertThat(fixtures.run(() -> login(UUID.randomUUID().toString(), "198.51.100.7")))
                .isEqualTo("allowed");
    }

    private Uni<String> login(String account, String ip) {
        return limiter.sensitive("login", account, ip)
                .map(v -> "allowed")
                .onFailure(ProblemException.class)
                .recoverWithItem(e -> e.code().code());
    }
}
