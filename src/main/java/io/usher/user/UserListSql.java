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

    /** What is kept of all that are not deleted, and what is still to be added to it (decision 85): no walk through a million entries. */
    private static final String KEPT = """
            (select coalesce(sum(u.users), 0)::bigint from (
                select user_type, status, lead_status, users from user_totals
                union all
                select user_type, status, lead_status, users from user_total_changes) u where %s)""";

    /** An admin's links less those to the few that are deleted: each is read from an index alone, and no link is followed. */
    private static final String LINKED = """
            ((select count(*) from user_admins ua where ua.admin_id = {caller}) - (
                select count(*) from users u join user_admins ua on ua.user_id = u.id
                where ua.admin_id = {caller} and u.deleted_at is not null))""";

    /** One row more than the page has, to see whether there is a next one; a row of nulls carries the total where the page is empty. */
    static UserListSql page(Scope scope, UserFilter filter, OffsetDateTime now) {
        Binder binder = new Binder();
        binder.bind(now);
        binder.bind(scope.callerId());
        String where = UserConditions.of(scope, filter, binder);
        boolean counted = filter.page().count() != PageRequest.CountMode.NONE && !isEstimated(scope, filter);
        boolean ofHits = counted && filter.isSearch();
        String total = counted ? total(scope, filter, where, binder) : "null::bigint";
        String direction = filter.order().wireName();
        String sql = "with " + (ofHits ? pageOfHits(where, filter, binder) : page(where, filter, binder))
                + " select " + total + " as total, p.*, " + filter.sort().keyText() + " as key_text from (select 1) one"
                + " left join (select " + UserRow.COLUMNS + ", u.sort_key from page u) p on true"
                + " order by p.sort_key " + direction + ", p.id " + direction;
        return new UserListSql(StatementCacheLimits.PLAN_EACH_TIME + sql, binder.tuple());
    }

    private static String total(Scope scope, UserFilter filter, String where, Binder binder) {
        if (filter.isSearch()) {
            return "(select count(*) from hits)";
        }
        boolean live = filter.isAnsweredByTotals();
        if (live && scope.kind() == Scope.Kind.EVERYONE) {
            return KEPT.formatted(UserConditions.ofTotals(filter, binder));
        }
        return live && scope.kind() == Scope.Kind.MANAGED && filter.isOfAllTypes()
                ? LINKED.replace("{caller}", binder.bind(scope.callerId()))
                : "(select count(*) from users u where " + where + ")";
    }

    /** The rows of the page, in the order of an index. */
    private static String page(String where, UserFilter filter, Binder binder) {
        String key = filter.sort().expression();
        return "page as materialized (select u.*, " + key + " as sort_key from users u where " + where
                + position(key, filter, binder) + slice(key, filter, binder) + ")";
    }

    /** The same where it has to be known how many a needle finds: they are looked for once, and the page is taken of them. */
    private static String pageOfHits(String where, UserFilter filter, Binder binder) {
        return "hits as materialized (select u.id, " + filter.sort().expression() + " as sort_key from users u where "
                + where + "), page as materialized (select u.*, h.sort_key from (select u.* from hits u where true"
                + position("u.sort_key", filter, binder) + slice("u.sort_key", filter, binder)
                + ") h join users u on u.id = h.id)";
    }

    private static String slice(String key, UserFilter filter, Binder binder) {
        String direction = filter.order().wireName();
        PageRequest page = filter.page();
        return " order by " + key + " " + direction + ", u.id " + direction + " limit "
                + binder.bind((long) page.limit() + 1) + " offset " + binder.bind(page.offset());
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

    private static String position(String sortKey, UserFilter filter, Binder binder) {
        Cursor cursor = filter.page().cursor();
        if (cursor == null) {
            return "";
        }
        String key = filter.sort().fromText(binder.bind(filter.sort().requireKey(cursor)));
        return " and (" + sortKey + ", u.id) " + filter.order().after() + " (" + key + ", " + binder.bind(cursor.id())
                + ")";
    }
}
