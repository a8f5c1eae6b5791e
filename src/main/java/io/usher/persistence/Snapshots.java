package io.usher.persistence;

import io.smallrye.mutiny.Multi;
import io.usher.persistence.SnapshotPlaces.Place;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;

/**
 * Reads of any length that see the database as it stood at one moment, without keeping it in memory. Each has a connection of its own, which
 * goes back when the reader has come to the end, has failed, or does not want any more. Few are let in at once, so that they never take
 * the connections that requests live on.
 */
@ApplicationScoped
public class Snapshots {
    /** A reader that has not asked for more by then is gone, or so slow that the dead rows that are kept for it cost too much. */
    private static final Duration STALLED = Duration.ofSeconds(60);

    private final Pool pool;
    private final SnapshotPlaces files;
    private final SnapshotPlaces personal;

    @Inject
    Snapshots(Pool pool, SnapshotConfig config) {
        this(
                pool,
                new SnapshotPlaces(config.maxConcurrent(), config.maxTime()),
                new SnapshotPlaces(
                        config.personal().maxConcurrent(), config.personal().maxTime()));
    }

    Snapshots(Pool pool, SnapshotPlaces files, SnapshotPlaces personal) {
        this.pool = pool;
        this.files = files;
        this.personal = personal;
    }

    /** How many read at the moment. */
    public int running() {
        return files.taken() + personal.taken();
    }

    /**
     * Reads from one snapshot. What is read comes as it is asked for; whoever stops asking for a minute, or takes longer than
     * {@link SnapshotConfig#maxTime} over all, is cut off.
     *
     * @param reading all of its statements are the snapshot's
     * @return fails with {@code overloaded} where too many read already
     */
    public <T> Multi<T> read(Function<Snapshot, Multi<T>> reading) {
        return Multi.createFrom().deferred(() -> admitted(files.take(new Object()), reading));
    }

    /**
     * The same for what anybody may ask for: in places of their own, of which a user has one, and for less time.
     *
     * @param user who asks
     * @return fails with {@code rate_limited} where the user reads already, with {@code overloaded} where too many others do
     */
    public <T> Multi<T> readFor(UUID user, Function<Snapshot, Multi<T>> reading) {
        return Multi.createFrom().deferred(() -> admitted(personal.take(user), reading));
    }

    private <T> Multi<T> admitted(Place place, Function<Snapshot, Multi<T>> reading) {
        Snapshot snapshot = new Snapshot();
        return snapshot.begin(pool.getDelegate())
                .onItem()
                .transformToMulti(reading)
                .ifNoItem()
                .after(STALLED)
                .fail()
                .invoke(place::requireTime)
                .onTermination()
                .call(() -> snapshot.end().eventually(place::leave));
    }
}
