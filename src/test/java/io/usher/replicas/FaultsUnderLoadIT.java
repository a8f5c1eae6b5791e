package io.usher.replicas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.usher.replicas.SteadyLoad.Outcome;
import io.usher.testing.Parallel;
import io.usher.testing.RealServers;
import io.usher.testing.SigningKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 200 requests a second over two processes of the package, while something breaks: the sentences of docs/operations.md, "Under load". */
class FaultsUnderLoadIT {
    private static final int PER_SECOND = 200;

    /** Bounds that are promised; all other times here are only waited for. */
    private static final double P99_WITHOUT_REDIS_MILLIS = 500;

    private static final Duration BACK_AFTER_POSTGRES = Duration.ofSeconds(1);
    private static final Duration REDIS_AWAY = Duration.ofSeconds(20);
    /** How late a client may learn that a connection which it holds has gone. */
    private static final Duration NOTICED = Duration.ofMillis(100);

    private static final Duration WARM = Duration.ofSeconds(90);
    private static final Duration GRACE = Duration.ofSeconds(45);

    private static final Map<String, String> SETTINGS = Map.of(
            "usher.quota.defaults." + Traffic.RESOURCE,
            "daily:1000000000",
            "usher.rate-limit.sensitive",
            "1000000/60s",
            "usher.rate-limit.sensitive-per-ip",
            "1000000/60s",
            "quarkus.shutdown.delay",
            "3S");

    @TempDir
    static Path keys;

    private static Replica one;
    private static Replica two;

    private Traffic traffic;
    private SteadyLoad load;

    @BeforeAll
    static void startBoth() {
        RealServers.ensureStarted();
        SigningKeys.makeKey(keys);
        List<Replica> both = Parallel.times(2, 2, i -> Replica.start(keys, SETTINGS));
        one = both.get(0);
        two = both.get(1);
    }

    @AfterAll
    static void stopBoth() {
        Arrays.asList(one, two).forEach(FaultsUnderLoadIT::close);
    }

    private static void close(Replica replica) {
        if (replica != null) {
            replica.close();
        }
    }

    @BeforeEach
    void beginTheLoad() {
        one = one.isAlive() ? one : Replica.start(keys, SETTINGS);
        two = two.isAlive() ? two : Replica.start(keys, SETTINGS);
        traffic = Traffic.signedIn(one);
        load = new SteadyLoad(traffic, PER_SECOND, one, two).begin();
        await().atMost(WARM).pollInterval(Duration.ofMillis(250)).until(load::isSteady);
    }

    @AfterEach
    void closeTheLoad() {
        load.close();
    }

    @Test
    void redisAwayFailsNoRequestAndKeepsThemQuick() {
        long stopped = System.nanoTime();
        RealServers.stopRedis();
        try {
            goOnFor(REDIS_AWAY);
        } finally {
            RealServers.startRedis();
        }
        long back = System.nanoTime();
        goOnFor(Duration.ofSeconds(4));

        endTheLoad();

        assertThat(failed()).isEmpty();
        List<Outcome> without = load.outcomes(o -> o.due() > stopped + TimeUnit.SECONDS.toNanos(1) && o.due() < back);
        System.out.printf("Without Redis: %d requests, p99 %.0f ms%n", without.size(), SteadyLoad.p99(without));
        assertThat(without).hasSizeGreaterThan((int) (REDIS_AWAY.toSeconds() - 2) * PER_SECOND);
        assertThat(SteadyLoad.p99(without)).isLessThan(P99_WITHOUT_REDIS_MILLIS);
        traffic.assertNothingIsLost(load.outcomes(all -> true), one);
    }

    @Test
    void postgresRestartedIsAProblemWhileItIsAwayAndNoLonger() {
        long stopped = System.nanoTime();
        RealServers.stopPostgres();
        goOnFor(Duration.ofSeconds(2));
        RealServers.startPostgresAgain();
        long ready = System.nanoTime();
        goOnFor(Duration.ofSeconds(5));

        endTheLoad();

        assertThat(failed()).isNotEmpty().allSatisfy(outcome -> {
            assertThat(outcome.status() + " " + outcome.said()).isEqualTo("503 dependency_unavailable");
            assertThat(outcome.answered()).isGreaterThan(stopped);
            assertThat(outcome.due()).isLessThan(ready + BACK_AFTER_POSTGRES.toNanos());
        });
        System.out.printf(
                "PostgreSQL restarted: %d problems in %d ms%n",
                failed().size(), TimeUnit.NANOSECONDS.toMillis(ready - stopped));
        traffic.assertNothingIsLost(load.outcomes(all -> true), one);
    }

    @Test
    void aReplicaThatIsToldToStopFailsNoRequest() {
        one.terminate();

        assertThat(one.awaitExit(GRACE)).isEqualTo(143);
        goOnFor(Duration.ofSeconds(1));
        endTheLoad();

        assertThat(failed()).isEmpty();
        assertThat(one.output()).doesNotContain(" ERROR ", "Exception");
        assertThat(load.outcomes(o -> o.replica() == one)).isNotEmpty();
        traffic.assertNothingIsLost(load.outcomes(all -> true), two);
    }

    @Test
    void aReplicaThatIsKilledTakesWithItWhatWasInFlightOnIt() {
        long killed = System.nanoTime();
        two.kill();
        two.awaitExit(GRACE);
        long dead = System.nanoTime();
        goOnFor(Duration.ofSeconds(2));

        endTheLoad();

        assertThat(failed()).allSatisfy(outcome -> {
            assertThat(outcome.replica()).isSameAs(two);
            assertThat(outcome.status()).isZero();
            assertThat(outcome.sent()).isLessThan(dead + NOTICED.toNanos());
            assertThat(outcome.answered()).isGreaterThan(killed);
        });
        System.out.printf("Killed: %d requests were in flight%n", failed().size());
        assertThat(load.outcomes(o -> o.replica() == one && o.due() > dead)).hasSizeGreaterThan(PER_SECOND);
        traffic.assertNothingIsLost(load.outcomes(all -> true), one);
    }

    private List<Outcome> failed() {
        return load.outcomes(outcome -> !outcome.isFine());
    }

    private void endTheLoad() {
        load.end();
        await().atMost(GRACE).until(load::isOver);
    }

    private static void goOnFor(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        await().atMost(time.plusSeconds(10)).until(() -> System.nanoTime() >= end);
    }
}
