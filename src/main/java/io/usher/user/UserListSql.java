package io.usher.user;

import io.usher.persistence.Binder;
import io.usher.persistence.StatementCacheLimits;
import io.usher.security.Scope;
import io.usher.web.Cursor;
import io.usher.web.PageRequest;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;

/**
 * The SQL of a user list. Page and total are one statement, and so one snapshot and one round trip; its text depends on which filters
 * there are, not on their values.
 */
record UserListSql(String text, Tuple parameters) {

    /** One row more than the page has, to see whether there is a next one; a row of nulls carries the total where the page is empty. */
    static UserListSql page(Scope scope, UserFilter filter, OffsetDateTime now) {
        Binder binder = new Binder();
        binder.bind(now);
        binder.bind(scope.callerId());
        String where = UserConditions.of(scope, filter, binder);
        boolean counted = filter.page().count() != PageRequest.CountMode.NONE && !isEstimated(scope, filter);
        String total = counted ? "(select count(*) from users u where " + where + ")" : "null::bigint";
        String key = filter.sort().expression();
        String direction = filter.order().wireName();
        String sql = "with page as materialized (select u.*, " + key + " as sort_key from users u where " + where
                + position(filter, binder)
                + " order by " + key + " " + direction + ", u.id " + direction
                + " limit " + binder.bind((long) filter.page().limit() + 1) + " offset "
                + binder.bind(filter.page().offset()) + ")"
                + " select " + total + " as total, p.*, " + filter.sort().keyText() + " as key_text from (select 1) one"
                + " left join (select " + UserRow.COLUMNS + ", u.sort_key from page u) p on true"
                + " order by p.sort_key " + direction + ", p.id " + direction;
        return new UserListSql(StatementCacheLimits.PLAN_EACH_TIME + sql, binder.tuple());
    }

    /**
     * Whether the total is the planner's guess. Not for who sees a part of the users only: the planner guesses from all of them, and so would tell
     * of those that are out of scope.
     */
    static boolean isEstimated(Scope scope, UserFilter filter) {
        return scope.kind() == Scope.Kind.EVERYONE && filter.page().count() == PageRequest.CountMode.ESTIMATE;
    }

    /** What the planner makes of the filters: how many rows it expects stands in the plan. */
    static UserListSql estimate(Scope scope, UserFilter filter) {
        Binder binder = new Binder();
        String where = UserConditions.of(scope, filter, binder);
        return new UserListSql(
                StatementCacheLimits.PLAN_EACH_TIME + "explain (format json) select 1 from users u where " + where,
                binder.tuple());
    }

    private static String position(UserFilter filter, Binder binder) {
        Cursor cursor = filter.page().cursor();
        if (cursor == null) {
            return "";
        }
        String key = filter.sort().fromText(binder.bind(filter.sort().requireKey(cursor)));
        return " and (" + filter.sort().expression() + ", u.id) "
                + filter.order().after() + " (" + key + ", " + binder.bind(cursor.id()) + ")";
    }
}
