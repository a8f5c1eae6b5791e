package io.usher.persistence;

import io.usher.web.Cursor;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Conditions over the {@code created_at} of a table that lists are read of, newest first; each has {@code and} before it. */
public final class TimeConditions {
    private TimeConditions() {}

    /**
     * Created at {@code since} or later, and before {@code until}, where there are such.
     *
     * @param table as the statement names it
     */
    public static String between(String table, @Nullable Instant since, @Nullable Instant until, Binder binder) {
        StringBuilder where = new StringBuilder();
        if (since != null) {
            where.append(" and ").append(table).append(".created_at >= ").append(bind(since, binder));
        }
        if (until != null) {
            where.append(" and ").append(table).append(".created_at < ").append(bind(until, binder));
        }
        return where.toString();
    }

    /**
     * Where a page begins. The time stands there once more alone, as partitions are not left out by a comparison of rows.
     *
     * @param table as the statement names it
     */
    public static String after(String table, @Nullable Cursor cursor, Binder binder) {
        if (cursor == null) {
            return "";
        }
        String moment = bind(cursor.moment(), binder);
        return " and {t}.created_at <= {m} and ({t}.created_at, {t}.id) < ({m}, {i})"
                .replace("{t}", table)
                .replace("{m}", moment)
                .replace("{i}", binder.bind(cursor.id()));
    }

    private static String bind(Instant time, Binder binder) {
        return binder.bind(time.atOffset(ZoneOffset.UTC));
    }
}
