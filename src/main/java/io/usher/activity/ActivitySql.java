package io.usher.activity;

import io.usher.persistence.Binder;
import io.usher.security.Scope;
import io.usher.web.PageRequest;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/** The SQL of what is read of activities: one statement each, that leaves out every partition which its times leave out. */
record ActivitySql(String text, Tuple parameters) {
    static final int RECENT = 20;

    /**
     * $1 caller, $2 since. The scope asks for no more of a user than its id, which stands in the activity: the users themselves are only
     * read for the names of the newest.
     */
    private static final String SUMMARY =
            """
            with seen as {how} (
                select a.id, a.created_at, a.user_id, a.activity_type
                from user_activities a cross join lateral (select a.user_id as id) u
                where a.created_at >= $2::timestamptz and {scope}
            )
            select (select count(*) from (select from seen group by user_id) s) as users,
                (select json_object_agg(activity_type, n)::text
                    from (select activity_type, count(*) as n from seen group by activity_type) t) as by_type,
                r.*, (select username from users where id = r.user_id) as username
            from (select 1) one left join (
                select {columns}
                from (select id, created_at from seen order by created_at desc, id desc limit {recent}) n
                join user_activities a on a.id = n.id and a.created_at = n.created_at and a.created_at >= $2::timestamptz
            ) r on true order by r.created_at desc, r.id desc
            """.replace("{columns}", ActivityView.COLUMNS).replace("{recent}", String.valueOf(RECENT));

    /**
     * Newest first; a row of nulls carries the total where the page is empty. One row more than the page has is looked for ({@code found}), to see whether
     * there is a next one; a page ends early where its details would have more than {@link PageRequest#MAX_BYTES}.
     */
    private static final String PAGE =
            """
            select {total} as total, p.*, (select username from users where id = p.user_id) as username
            from (select 1) one left join (
                select n.*, count(*) over () as found,
                    sum(coalesce(octet_length(n.details), 0)) over (order by n.created_at desc, n.id desc)
                        - coalesce(octet_length(n.details), 0) as bytes
                from (select {columns} from user_activities a where {where}{position}
                    order by a.created_at desc, a.id desc limit {limit} offset {offset}) n
            ) p on p.bytes < {max} order by p.created_at desc, p.id desc
            """.replace("{columns}", ActivityView.COLUMNS).replace("{max}", Long.toString(PageRequest.MAX_BYTES));

    static ActivitySql page(UUID userId, ActivityFilter filter) {
        Binder binder = new Binder();
        String where = filter.sql(userId, binder);
        String total = filter.page().count() == PageRequest.CountMode.NONE
                ? "null::bigint"
                : "(select count(*) from user_activities a where " + where + ")";
        String text = PAGE.replace("{total}", total)
                .replace("{where}", where)
                .replace("{position}", filter.position(binder))
                .replace("{limit}", binder.bind(filter.page().limit() + 1L))
                .replace("{offset}", binder.bind(filter.page().offset()));
        return new ActivitySql(text, binder.tuple());
    }

    /**
     * Who did how much since, and the newest of it. Everybody's activities are read twice, from an index alone: to keep them between would cost
     * more. Which are those of an admin's users costs more than to keep them.
     */
    static ActivitySql summary(Scope scope, Instant since) {
        String how = scope.kind() == Scope.Kind.EVERYONE ? "not materialized" : "materialized";
        return new ActivitySql(
                SUMMARY.replace("{how}", how).replace("{scope}", scope.sql("$1")),
                Tuple.of(scope.callerId(), since.atOffset(ZoneOffset.UTC)));
    }
}
