package io.usher.activity;

import io.usher.persistence.Binder;
import io.usher.web.Cursor;
import io.usher.web.PageRequest;
import io.usher.web.QueryReader;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a list of activities is asked for. */
record ActivityFilter(
        @Nullable ActivityType type,
        @Nullable Instant since,
        @Nullable Instant until,
        PageRequest page) {

    /** The one order there is, newest first. */
    static final String ORDER = "createdAt.desc";

    static final int DEFAULT_LIMIT = 100;
    static final int MAX_LIMIT = 1000;

    /** @throws io.usher.problem.ProblemException that names every parameter at fault */
    static ActivityFilter from(QueryReader query) {
        ActivityFilter filter = new ActivityFilter(
                query.oneOf("activityType", ActivityType.class),
                query.instant("since"),
                query.instant("until"),
                PageRequest.from(query, DEFAULT_LIMIT, MAX_LIMIT, ORDER));
        query.done();
        return filter;
    }

    /** The conditions over {@code user_activities a} that the total is counted by. */
    String sql(UUID userId, Binder binder) {
        StringBuilder where = new StringBuilder("a.user_id = ").append(binder.bind(userId));
        if (type != null) {
            where.append(" and a.activity_type = ").append(binder.bind(type.value()));
        }
        if (since != null) {
            where.append(" and a.created_at >= ").append(binder.bind(time(since)));
        }
        if (until != null) {
            where.append(" and a.created_at < ").append(binder.bind(time(until)));
        }
        return where.toString();
    }

    /** Where the page begins. The time stands there once more alone, as partitions are not left out by a comparison of rows. */
    String position(Binder binder) {
        Cursor cursor = page.cursor();
        if (cursor == null) {
            return "";
        }
        String moment = binder.bind(time(cursor.moment()));
        return " and a.created_at <= " + moment + " and (a.created_at, a.id) < (" + moment + ", "
                + binder.bind(cursor.id()) + ")";
    }

    private static OffsetDateTime time(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
