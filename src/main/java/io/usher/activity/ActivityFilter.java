package io.usher.activity;

import io.usher.persistence.Binder;
import io.usher.persistence.TimeConditions;
import io.usher.web.PageRequest;
import io.usher.web.QueryReader;
import java.time.Instant;
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
        return where.append(TimeConditions.between("a", since, until, binder)).toString();
    }

    /** Where the page begins. */
    String position(Binder binder) {
        return TimeConditions.after("a", page.cursor(), binder);
    }
}
