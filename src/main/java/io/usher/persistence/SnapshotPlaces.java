package io.usher.persistence;

import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Room for a few readers at once, each for so long. */
final class SnapshotPlaces {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(15);

    private final int most;
    private final Duration longest;
    private final Map<Object, Place> places = new HashMap<>();

    SnapshotPlaces(int most, Duration longest) {
        this.most = most;
        this.longest = longest;
    }

    /** The place of a reader, which nobody else has until it leaves. */
    final class Place {
        private final Object reader;
        private final long began = System.nanoTime();

        private Place(Object reader) {
            this.reader = reader;
        }

        /** @throws ProblemException {@code overloaded} where the reader has had its time */
        void requireTime() {
            if (System.nanoTime() - began > longest.toNanos()) {
                throw ProblemException.retryAfter(
                        ProblemCode.OVERLOADED, "The export took longer than it may (" + longest + ").", RETRY_AFTER);
            }
        }

        /** However often a stream is said to have ended, it gives back one place. */
        void leave() {
            remove(this);
        }
    }

    /** @throws ProblemException {@code rate_limited} where the reader has a place already, {@code overloaded} where others have all of them */
    synchronized Place take(Object reader) {
        if (places.containsKey(reader)) {
            throw ProblemException.retryAfter(
                    ProblemCode.RATE_LIMITED, "An export of yours is running. Wait for its end.", RETRY_AFTER);
        }
        if (places.size() >= most) {
            throw ProblemException.retryAfter(
                    ProblemCode.OVERLOADED,
                    "No more than " + most + " such exports run at once, and as many do.",
                    RETRY_AFTER);
        }
        Place place = new Place(reader);
        places.put(reader, place);
        return place;
    }

    private synchronized void remove(Place place) {
        places.remove(place.reader, place);
    }

    synchronized int taken() {
        return places.size();
    }
}
