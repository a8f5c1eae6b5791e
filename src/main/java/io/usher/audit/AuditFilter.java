package io.usher.audit;

import io.usher.persistence.Binder;
import io.usher.persistence.TimeConditions;
import io.usher.web.PageParameters;
import io.usher.web.PageRequest;
import io.usher.web.QueryReader;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the audit log is asked for. */
record AuditFilter(
        @Nullable UUID actorId,
        @Nullable UUID targetId,
        @Nullable AuditAction action,
        @Nullable Instant since,
        @Nullable Instant until,
        PageRequest page) {

    /** The one order there is, newest first. */
    static final String ORDER = "createdAt.desc";

    /** @throws io.usher.problem.ProblemException that names every parameter at fault */
    static AuditFilter from(QueryReader query) {
        AuditFilter filter = new AuditFilter(
                query.id("actorId"),
                query.id("targetId"),
                query.oneOf("action", AuditAction.class),
                query.instant("since"),
                query.instant("until"),
                PageRequest.from(query, PageParameters.DEFAULT_LIMIT, PageParameters.MAX_LIMIT, ORDER));
        query.done();
        return filter;
    }

    /** The conditions over {@code audit_events e} that the total is counted by, each with {@code and} before it. */
    String sql(Binder binder) {
        StringBuilder where = new StringBuilder();
        if (actorId != null) {
            where.append(" and e.actor_id = ").append(binder.bind(actorId));
        }
        if (targetId != null) {
            where.append(" and e.target_id = ").append(binder.bind(targetId));
        }
        if (action != null) {
            where.append(" and e.action = ").append(binder.bind(action.value()));
        }
        return where.append(TimeConditions.between("e", since, until, binder)).toString();
    }

    /** Where the page begins. */
    String position(Binder binder) {
        return TimeConditions.after("e", page.cursor(), binder);
    }
}
