package io.usher.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.UsherTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@UsherTest
class SnapshotsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String NUMBERS = "select n from generate_series(1, $1::int) n";

    @Inject
    Snapshots snapshots;

    @Inject
    SnapshotConfig config;

    @Inject
    Pool pool;

    private final AtomicInteger fetched = new AtomicInteger();

    @AfterEach
    void everythingWasGivenBack() {
        await().atMost(PATIENCE).until(() -> openSnapshots() == 0);
        assertThat(numbers(3).collect().asList().await().atMost(PATIENCE)).containsExactly(1, 2, 3);
    }

    @Test
    void readsAllRowsInBatches() {
        List<Integer> all = numbers(25).collect().asList().await().atMost(PATIENCE);

        assertThat(all).hasSize(25).startsWith(1, 2, 3).endsWith(25);
        assertThat(fetched).hasValue(3);
    }

    @Test
    void readsNoMoreThanIsAskedFor() {
        AssertSubscriber<Integer> reader = numbers(1_000_000).subscribe().withSubscriber(AssertSubscriber.create(1));

        reader.awaitItems(1, PATIENCE);

        assertThat(fetched).hasValueLessThan(5);
        reader.cancel();
    }

    @Test
    void severalStatementsSeeTheSameMoment() {
        String email = Given.email();
        String count = "select count(*)::int as n from users where email = $1";

        List<Integer> counts = snapshots
                .read(snapshot -> Multi.createBy()
                        .concatenating()
                        .streams(
                                snapshot.rows(count, Tuple.of(email), 10)
                                        .invoke(() ->
                                                Given.customer().email(email).create()),
                                snapshot.rows(count, Tuple.of(email), 10))
                        .onItem()
                        .transformToIterable(rows -> rows)
                        .map(row -> row.getInteger("n")))
                .collect()
                .asList()
                .await()
                .atMost(PATIENCE);

        assertThat(counts).containsExactly(0, 0);
        assertThat(Database.number("select count(*) from users where email = ?", email))
                .isOne();
    }

    @Test
    void aSnapshotWritesNothing() {
        assertThatThrownBy(() -> snapshots
                        .read(snapshot -> snapshot.rows("delete from users returning id", Tuple.tuple(), 10))
                        .collect()
                        .last()
                        .await()
                        .atMost(PATIENCE))
                .isInstanceOf(PgException.class);
    }

    @Test
    void moreThanAreLetInAreTurnedAway() {
        List<AssertSubscriber<Integer>> readers = Stream.generate(
                        () -> numbers(1_000_000).subscribe().withSubscriber(AssertSubscriber.create(1)))
                .limit(config.maxConcurrent())
                .toList();
        readers.forEach(reader -> reader.awaitItems(1, PATIENCE));

        assertRefused(numbers(3), ProblemCode.OVERLOADED);
        readers.forEach(AssertSubscriber::cancel);
    }

    @Test
    void aUserReadsOnceAtATimeAndTakesNoPlaceOfFiles() {
        UUID user = UUID.randomUUID();
        AssertSubscriber<Integer> reader = start(numbersFor(user, 1_000_000));

        assertRefused(numbersFor(user, 3), ProblemCode.RATE_LIMITED);
        assertThat(all(numbersFor(UUID.randomUUID(), 3))).hasSize(3);

        reader.cancel();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(all(numbersFor(user, 3))).hasSize(3));
    }

    @Test
    void usersHaveFewPlacesAndFilesHaveTheirOwn() {
        List<AssertSubscriber<Integer>> readers = Stream.generate(() -> start(numbersFor(UUID.randomUUID(), 1_000_000)))
                .limit(config.personal().maxConcurrent())
                .toList();

        assertRefused(numbersFor(UUID.randomUUID(), 3), ProblemCode.OVERLOADED);
        assertThat(all(numbers(3))).hasSize(3);
        assertThat(snapshots.running()).isEqualTo(readers.size());

        readers.forEach(AssertSubscriber::cancel);
        await().atMost(PATIENCE).until(() -> snapshots.running() == 0);
    }

    /** Who asks now and then would hold the snapshot for as long as it wants. */
    @Test
    void whoTakesTooLongOverAllIsCutOff() {
        Snapshots hasty = new Snapshots(
                pool, new SnapshotPlaces(1, Duration.ofHours(1)), new SnapshotPlaces(1, Duration.ofMillis(500)));
        AssertSubscriber<Integer> file = start(hasty.read(this::batches));
        AssertSubscriber<Integer> reader =
                hasty.readFor(UUID.randomUUID(), this::batches).subscribe().withSubscriber(AssertSubscriber.create(1));

        await().atMost(PATIENCE).until(() -> {
            reader.request(1);
            return reader.getFailure() != null;
        });

        assertThat(reader.getFailure())
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                        .isEqualTo(ProblemCode.OVERLOADED));
        file.request(1);
        file.awaitItems(2, PATIENCE).cancel();
        await().atMost(PATIENCE).until(() -> hasty.running() == 0);
    }

    @Test
    void aReaderThatIsGoneBeforeItsConnectionComesLeavesNone() {
        for (int i = 0; i < 20; i++) {
            numbers(1_000_000)
                    .subscribe()
                    .withSubscriber(AssertSubscriber.create(1))
                    .cancel();
            await().atMost(PATIENCE).until(() -> openSnapshots() == 0);
        }
    }

    private Multi<Integer> batches(Snapshot snapshot) {
        return snapshot.rows(NUMBERS, Tuple.of(1_000_000), 10).map(RowSet::size);
    }

    private static AssertSubscriber<Integer> start(Multi<Integer> numbers) {
        return numbers.subscribe()
                .withSubscriber(AssertSubscriber.<Integer>create(1))
                .awaitItems(1, PATIENCE);
    }

    private static List<Integer> all(Multi<Integer> numbers) {
        return numbers.collect().asList().await().atMost(PATIENCE);
    }

    private static void assertRefused(Multi<Integer> numbers, ProblemCode code) {
        assertThatThrownBy(() -> all(numbers)).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.retryAfter()).isNotNull();
        });
    }

    private Multi<Integer> numbers(int count) {
        return integers(snapshots.read(read(count)));
    }

    private Multi<Integer> numbersFor(UUID user, int count) {
        return integers(snapshots.readFor(user, read(count)));
    }

    private Function<Snapshot, Multi<RowSet<Row>>> read(int count) {
        return snapshot -> snapshot.rows(NUMBERS, Tuple.of(count), 10).invoke(fetched::incrementAndGet);
    }

    private static Multi<Integer> integers(Multi<RowSet<Row>> batches) {
        return batches.onItem().transformToIterable(rows -> rows).map(row -> row.getInteger("n"));
    }

    private static long openSnapshots() {
        return Database.number(
                "select count(*) from pg_stat_activity where state like 'idle in transaction%' and query like '%generate_series%'");
    }
}
