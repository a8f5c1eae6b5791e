package io.usher.persistence;

import java.util.UUID;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/** Makes ids. */
public final class Ids {
    private Ids() {}

    /** A UUIDv7 (RFC 9562, section 5.7): ordered by time, so that b-trees grow at their end. */
    public static UUID next() {
        return UuidVersion7Strategy.INSTANCE.generateUuid(null);
    }
}
