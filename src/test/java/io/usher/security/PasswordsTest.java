package io.usher.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.testing.RealServers;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealServers.class)
class PasswordsTest {
    private static final int SURPLUS = 5;

    @Inject
    Passwords passwords;

    @Inject
    PasswordWorkers workers;

    @Inject
    SecurityConfig config;

    @Inject
    Fixtures fixtures;

    private boolean matches(String password, String hash) {
        return fixtures.run(() -> passwords.matches(password, hash));
    }

    @Test
    void recognisesWhatItHashed() {
        String hash = fixtures.run(() -> passwords.hash("Pässwörd-7"));
        assertThat(hash).startsWith("$2b$04$");
        assertThat(matches("Pässwörd-7", hash)).isTrue();
        assertThat(matches("Pässwörd-8", hash)).isFalse();
        assertThat(matches("Pässwörd-7", null)).isFalse();
        assertThat(matches("Pässwörd-7", "not a hash")).isFalse();
    }

    /** Vectors of jBCrypt and of PHP: other systems' hashes are taken over as they are. */
    @Test
    void recognisesTheHashesOfOtherSystems() {
        assertThat(matches("abc", "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i"))
                .isTrue();
        assertThat(matches("abc", "$2b$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i"))
                .isTrue();
        assertThat(matches("rasmuslerdorf", "$2y$07$BCryptRequires22Chrcte/VlQH0piJtjXl.0t1XkA8pw9dMXTpOq"))
                .isTrue();
        assertThat(matches("abd", "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i"))
                .isFalse();
    }

    /** The salt ends in bits that mean nothing; crypt(3) writes this very hash with a dot in the place of the slash. */
    @Test
    void recognisesAHashWhoseSaltHasSpareBits() {
        assertThat(matches("U*U", "$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"))
                .isTrue();
        assertThat(matches("U*U", "$2y$05$CCCCCCCCCCCCCCCCCCCCC/E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"))
                .isTrue();
    }

    @Test
    void neverCutsALongPassword() {
        String longest = "a".repeat(72);
        String hash = fixtures.run(() -> passwords.hash(longest));
        assertThat(matches(longest, hash)).isTrue();
        assertThat(matches(longest + "b", hash)).isFalse();
        assertThatThrownBy(() -> fixtures.run(() -> passwords.hash(longest + "b")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void seesThatAHashHasAnotherCost() {
        assertThat(passwords.isOutdated("$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i"))
                .isTrue();
        assertThat(passwords.isOutdated("$2a$04$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i"))
                .isFalse();
    }

    @Test
    void comesBackOnTheCallersContext() {
        boolean same = fixtures.run(() -> {
            var before = Vertx.currentContext();
            return passwords.hash("Some-Pass-1").map(hash -> Vertx.currentContext() == before);
        });
        assertThat(same).isTrue();
    }

    @Test
    void turnsAwayWhatDoesNotFitTheQueue() {
        CountDownLatch gate = new CountDownLatch(SURPLUS);
        int fits = Runtime.getRuntime().availableProcessors() + config.passwordQueue();
        List<String> outcomes = fixtures.run(() -> {
            var works = IntStream.range(0, fits + SURPLUS)
                    .mapToObj(i -> workers.run(() -> wait(gate))
                            .onFailure(ProblemException.class)
                            .recoverWithItem(e -> outcome(e, gate)))
                    .toList();
            return Uni.join().all(works).andCollectFailures();
        });
        // A worker that was idle may take its first work only after the queue was full.
        assertThat(outcomes).filteredOn("done"::equals).hasSizeBetween(config.passwordQueue(), fits);
        assertThat(outcomes).filteredOn("overloaded"::equals).hasSizeGreaterThanOrEqualTo(SURPLUS);
        assertThat(outcomes).allMatch(outcome -> outcome.equals("done") || outcome.equals("overloaded"));
    }

    @Test
    void saysThatThereIsNoRoomBeforeAnybodyElseIsAsked() {
        CountDownLatch gate = new CountDownLatch(1);
        fixtures.run(passwords::room);

        fillTheQueue(gate);
        assertThat(fixtures.run(() -> passwords
                        .room()
                        .map(ignored -> "room")
                        .onFailure(ProblemException.class)
                        .recoverWithItem(e -> outcome(e, gate))))
                .isEqualTo("overloaded");

        await().untilAsserted(() -> fixtures.run(passwords::room));
    }

    @Test
    void findsAPlaceThatIsThereASecondLater() {
        CountDownLatch gate = new CountDownLatch(1);
        fillTheQueue(gate);

        String hash = fixtures.run(() -> {
            var caller = Vertx.currentContext();
            Uni<String> hashed = passwords.hash("Some-Pass-1");
            caller.owner().setTimer(100, passed -> gate.countDown());
            return passwords.room().chain(() -> hashed).invoke(() -> assertThat(Vertx.currentContext())
                    .isSameAs(caller));
        });

        assertThat(matches("Some-Pass-1", hash)).isTrue();
    }

    @Test
    void turnsAwayAtOnceWhereAsManyRestAsMay() {
        CountDownLatch gate = new CountDownLatch(1);
        fillTheQueue(gate);

        List<String> outcomes = fixtures.run(() -> {
            AtomicInteger turnedAway = new AtomicInteger();
            var asked = IntStream.range(0, 1000 + SURPLUS)
                    .mapToObj(i -> passwords
                            .room()
                            .map(ignored -> "room")
                            .onFailure(ProblemException.class)
                            .recoverWithItem(e -> {
                                // the surplus is told before anybody else's second has passed, and lets the others in
                                if (turnedAway.incrementAndGet() == SURPLUS) {
                                    gate.countDown();
                                }
                                return e.code().code();
                            }))
                    .toList();
            return Uni.join().all(asked).andFailFast();
        });

        assertThat(outcomes).filteredOn("overloaded"::equals).hasSize(SURPLUS);
        assertThat(outcomes.subList(1000, 1000 + SURPLUS)).containsOnly("overloaded");
    }

    /** All threads are at work, and nothing more fits; until the gate opens. */
    private void fillTheQueue(CountDownLatch gate) {
        AtomicBoolean full = new AtomicBoolean();
        await().until(() -> {
            workers.runNow(() -> wait(gate)).subscribe().with(done -> {}, turnedAway -> full.set(true));
            return full.get();
        });
        // A worker that was idle may have taken its first work only after the queue was full.
        await().pollDelay(Duration.ofMillis(200)).until(() -> {
            workers.runNow(() -> wait(gate)).subscribe().with(done -> {}, turnedAway -> {});
            return true;
        });
    }

    @Test
    void hashesManyInTheirOrderEvenWhereTheQueueIsFull() {
        CountDownLatch gate = new CountDownLatch(1);
        fillTheQueue(gate);
        List<String> clear = IntStream.range(0, 40).mapToObj(i -> "clear-" + i).toList();

        List<String> hashes = fixtures.run(() -> {
            Uni<List<String>> all = passwords.hashAll(clear);
            var caller = Vertx.currentContext();
            caller.owner().setTimer(300, passed -> gate.countDown());
            return all.invoke(() -> assertThat(Vertx.currentContext()).isSameAs(caller));
        });

        assertThat(hashes).hasSameSizeAs(clear).doesNotHaveDuplicates();
        for (int i = 0; i < clear.size(); i += 13) {
            assertThat(matches(clear.get(i), hashes.get(i))).isTrue();
        }
    }

    /** An import may bring one: a try at it would take a day. */
    @Test
    void doesNotTryHashesThatWouldHoldACoreForADay() {
        assertThat(matches("abc", "$2b$31$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i"))
                .isFalse();
    }

    private static String outcome(ProblemException e, CountDownLatch gate) {
        assertThat(e.code()).isEqualTo(ProblemCode.OVERLOADED);
        assertThat(e.retryAfter()).isNotNull();
        gate.countDown();
        return e.code().code();
    }

    private static String wait(CountDownLatch gate) {
        try {
            gate.await();
            return "done";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
