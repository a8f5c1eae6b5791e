package io.usher.persistence;

import io.smallrye.mutiny.Multi;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Reads of any length that see the database as it stood at one moment, without keeping it in memory. Each has a connection of its own, which
 * goes back when the reader has come to the end, has failed, or does not want any more. Few are let in at once, so that they never take
 * the connections that requests live on.
 */
@ApplicationScoped
public class Snapshots {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(15);

    /** A reader that has not asked for more by then is gone, or so slow that the dead rows that are kept for it cost too much. */
    private static final Duration STALLED = Duration.ofSeconds(60);

    private final Pool pool;
    private final int most;
    private final Semaphore room;

    @Inject
    Snapshots(Pool pool, SnapshotConfig config) {
        this.pool = pool;
        this.most = config.maxConcurrent();
        this.room = new Semaphore(most);
    }

    /** How many read at the moment. */
    public int running() {
        return most - room.availablePermits();
    }

    /**
     * Reads from one snapshot. What is read comes as it is asked for; whoever stops asking for a minute is cut off with a time-out.
     *
     * @param reading all of its statements are the snapshot's
     * @return fails with {@code overloaded} where too many read already
     */
    public <T> Multi<T> read(Function<Snapshot, Multi<T>> reading) {
        return Multi.createFrom()
                .deferred(() -> room.tryAcquire()
                        ? admitted(reading)
                        : Multi.createFrom().failure(overloaded()));
    }

    private <T> Multi<T> admitted(Function<Snapshot, Multi<T>> reading) {
        Snapshot snapshot = new Snapshot();
        AtomicBoolean admitted = new AtomicBoolean(true);
        return snapshot.begin(pool.getDelegate())
                .onItem()
                .transformToMulti(reading)
                .ifNoItem()
                .after(STALLED)
                .fail()
                .onTermination()
                .call(() -> snapshot.end().eventually(() -> leave(admitted)));
    }

    /** However often a stream is said to have ended, it gives back one place. */
    private void leave(AtomicBoolean admitted) {
        if (admitted.getAndSet(false)) {
            room.release();
        }
    }

    private ProblemException overloaded() {
        return ProblemException.retryAfter(
                ProblemCode.OVERLOADED, "No more than " + most + " exports run at once, and as many do.", RETRY_AFTER);
    }
}
