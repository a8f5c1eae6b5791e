package io.usher.user;

import io.usher.persistence.Binder;
import io.usher.persistence.StatementCacheLimits;
import io.usher.security.Scope;
import io.usher.web.Cursor;
import io.usher.web.PageParameters;
import io.usher.web.PageRequest;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;

/**
 * The SQL of a user list. Page and total are one statement, and so one snapshot and one round trip; its text depends on which filters
 * there are, not on their values.
 */
record UserListSql(String text, Tuple parameters) {

    /** What is kept of those that are not deleted, and what is still to be added to it (decision 85): nobody walks through a million entries. */
    private static final String KEPT = """
            (select coalesce(sum(u.users), 0)::bigint from (
                select user_type, status, lead_status, users from {tables}s{whose}
                union all
                select user_type, status, lead_status, users from {tables}_changes{whose}) u where {which})""";

    /** Rows of a page, and the one that says whether there is a next one. */
    private static final int MOST = PageParameters.MAX_LIMIT + 1;

    /**
     * Where the users of a list come from, in an order that an index has.
     *
     * @param rows tables, {@code users u} among them, and conditions
     */
    private record Source(String rows, UserOrder order) {
        /** An admin's links have an index of their own by when their users were created (migration V011). */
        static Source of(Scope scope, UserFilter filter, Binder binder) {
            return scope.kind() == Scope.Kind.MANAGED && filter.sort() == UserSort.CREATED_AT && !filter.isSearch()
                    ? new Source(
                            "user_admins ua join users u on u.id = ua.user_id where "
                                    + UserConditions.ofLinked(scope, filter, binder),
                            UserOrder.of(filter.sort()).over("ua.user_created_at", "ua.user_id"))
                    : new Source(
                            "users u where " + UserConditions.of(scope, filter, binder), UserOrder.of(filter.sort()));
        }
    }

    /** One row more than the page has, to see whether there is a next one; a row of nulls carries the total where the page is empty. */
    static UserListSql page(Scope scope, UserFilter filter, OffsetDateTime now) {
        Binder binder = new Binder();
        binder.bind(now);
        binder.bind(scope.callerId());
        Source source = Source.of(scope, filter, binder);
        boolean counted = filter.page().count() != PageRequest.CountMode.NONE && !isEstimated(scope, filter);
        boolean steady = isSteady(scope, filter);
        String total = counted ? total(scope, filter, source, binder) : "null::bigint";
        String page = steady
                ? steadyPage(source, filter, binder)
                : filter.isSearch() ? pageOfHits(source, filter, binder, counted) : page(source, filter, binder);
        String sql = "with " + page
                + " select " + total + " as total, p.*, " + filter.sort().keyText() + " as key_text from (select 1) one"
                + " left join (select " + UserRow.COLUMNS + ", u.sort_key from page u) p on true"
                + UserOrder.of(filter.sort()).over("p.sort_key", "p.id").by(filter.order());
        return new UserListSql(steady ? sql : StatementCacheLimits.PLAN_EACH_TIME + sql, binder.tuple());
    }

    /**
     * Whether one plan is right for all values: the order's index is walked from its end, or from a cursor. To plan anew takes twice the time of
     * such a page (docs/performance.md).
     */
    private static boolean isSteady(Scope scope, UserFilter filter) {
        boolean indexed = scope.kind() == Scope.Kind.EVERYONE
                || (scope.kind() == Scope.Kind.MANAGED && filter.sort() == UserSort.CREATED_AT);
        return indexed && filter.isPlain() && filter.page().offset() == 0;
    }

    private static String total(Scope scope, UserFilter filter, Source source, Binder binder) {
        if (filter.isSearch()) {
            return "(select count(*) from hits)";
        }
        return filter.isAnsweredByTotals() && scope.kind() != Scope.Kind.SELF
                ? kept(scope, filter, binder)
                : "(select count(*) from " + source.rows() + ")";
    }

    private static String kept(Scope scope, UserFilter filter, Binder binder) {
        boolean everyone = scope.kind() == Scope.Kind.EVERYONE;
        return KEPT.replace("{tables}", everyone ? "user_total" : "admin_total")
                .replace("{whose}", everyone ? "" : " where admin_id = " + binder.bind(scope.callerId()))
                .replace("{which}", UserConditions.ofTotals(filter, binder));
    }

    /** The rows of the page, in the order of an index. */
    private static String page(Source source, UserFilter filter, Binder binder) {
        return "page as materialized (select u.*, " + source.order().key() + " as sort_key from " + source.rows()
                + position(source.order(), filter, binder) + slice(source.order(), filter, binder) + ")";
    }

    /** The same for a plan that knows no values: it would take a limit for a tenth of all users, unless it sees that there are few at most. */
    private static String steadyPage(Source source, UserFilter filter, Binder binder) {
        UserOrder order = UserOrder.of(filter.sort()).over("u.sort_key", "u.id");
        return "page as materialized (select u.* from (select u.*, "
                + source.order().key() + " as sort_key from "
                + source.rows() + position(source.order(), filter, binder)
                + source.order().by(filter.order()) + " limit " + MOST + ") u" + order.by(filter.order()) + " limit "
                + binder.bind((long) filter.page().limit() + 1) + ")";
    }

    /** The same for what a needle finds: whole rows are read of the page alone. Where the hits are counted, they are looked for once. */
    private static String pageOfHits(Source source, UserFilter filter, Binder binder, boolean counted) {
        UserOrder order = UserOrder.of(filter.sort()).over("u.sort_key", "u.id");
        return "hits as " + (counted ? "" : "not ") + "materialized (select u.id, "
                + filter.sort().expression() + " as sort_key from "
                + source.rows()
                + "), page as materialized (select u.*, h.sort_key from (select u.* from hits u where true"
                + position(order, filter, binder) + slice(order, filter, binder)
                + ") h join users u on u.id = h.id)";
    }

    private static String slice(UserOrder order, UserFilter filter, Binder binder) {
        PageRequest page = filter.page();
        return order.by(filter.order()) + " limit " + binder.bind((long) page.limit() + 1) + " offset "
                + binder.bind(page.offset());
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

    private static String position(UserOrder order, UserFilter filter, Binder binder) {
        Cursor cursor = filter.page().cursor();
        if (cursor == null) {
            return "";
        }
        String key = filter.sort().fromText(binder.bind(filter.sort().requireKey(cursor)));
        return " and " + order.beyond(filter.order(), key, () -> binder.bind(cursor.id()));
    }
}
