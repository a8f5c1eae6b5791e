package io.usher.quota;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How often a quota begins anew. */
public enum QuotaType {
    /** At 00:00 UTC. */
    DAILY,
    /** On Monday at 00:00 UTC (ISO weeks). */
    WEEKLY,
    /** Never: everything is allowed, and counted. */
    UNLIMITED;

    /** As it stands in JSON, in settings and in the database. */
    @JsonValue
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    static QuotaType of(String value) {
        return valueOf(value.toUpperCase(Locale.ROOT));
    }
}
