package io.usher.generation;

import io.usher.persistence.Binder;
import io.usher.persistence.TimeConditions;
import io.usher.web.PageParameters;
import io.usher.web.PageRequest;
import io.usher.web.QueryReader;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a list of generations is asked for. */
record GenerationFilter(
        @Nullable String type,
        @Nullable GenerationStatus status,
        @Nullable Instant since,
        @Nullable Instant until,
        PageRequest page) {

    /** The one order there is, newest first. */
    static final String ORDER = "createdAt.desc";

    private static final int MAX_TYPE = 50;

    /** @throws io.usher.problem.ProblemException that names every parameter at fault */
    static GenerationFilter from(QueryReader query, Set<String> types) {
        GenerationFilter filter = new GenerationFilter(
                type(query, types),
                query.oneOf("status", GenerationStatus.class),
                query.instant("since"),
                query.instant("until"),
                PageRequest.from(query, PageParameters.DEFAULT_LIMIT, PageParameters.MAX_LIMIT, ORDER));
        query.done();
        return filter;
    }

    private static @Nullable String type(QueryReader query, Set<String> types) {
        String type = query.text("type", MAX_TYPE);
        if (type != null && !types.contains(type)) {
            query.fail("type", "enum", "must be one of " + String.join(", ", types));
        }
        return type;
    }

    /** The conditions over {@code generations g}. */
    String sql(UUID userId, Binder binder) {
        StringBuilder where = new StringBuilder("g.user_id = ").append(binder.bind(userId));
        if (type != null) {
            where.append(" and g.type = ").append(binder.bind(type));
        }
        if (status != null) {
            where.append(" and g.status = ").append(binder.bind(status.value()));
        }
        return where.append(TimeConditions.between("g", since, until, binder)).toString();
    }
}
