package io.usher.generation;

import io.usher.persistence.JobLock;

/**
 * The statements that end generations. The row of the generation is locked first, then the quotas, in one order, so that neither two ends of
 * one generation nor sweeps on several replicas get in each other's way. A cost goes back only into the very count that it was charged to,
 * which is the one of the same round: a new window begins another round, and a change of the type that only moves the window does not. Nothing
 * goes back once that window is over, though nobody may have begun another one yet.
 */
final class GenerationSql {
    /**
     * What ends those that {@code due (id)} has: $1 now, $2 status, $3 result, $4 error, and of the windows that run now: $5 resources,
     * $6 types (empty for that of the default), $7 starts.
     */
    private static final String END = """
            , charged as (
                select q.user_id, q.resource, q.round from user_quotas q
                where $2::text = 'failed' and (q.user_id, q.resource) in
                    (select g.user_id, g.type from generations g join due on due.id = g.id)
                    and not exists (select 1 from unnest($5::text[], $6::text[], $7::timestamptz[]) as w (resource, type, starts)
                        where w.resource = q.resource and w.type = coalesce(q.type, '') and w.starts > q.window_start)
                order by q.user_id, q.resource for update
            ), ended as (
                update generations g set status = $2::text, media_url = $3::text, error = $4::text,
                    completed_at = $1::timestamptz,
                    refunded = exists (select 1 from charged c where c.user_id = g.user_id and c.resource = g.type
                        and c.round = g.window_round)
                from due where g.id = due.id
                returning g.*
            ), refund as (
                update user_quotas q set used = greatest(0, q.used - back.cost), updated_at = $1::timestamptz
                from (select user_id, type, window_round, sum(cost)::bigint as cost from ended where refunded
                    group by user_id, type, window_round) back
                where q.user_id = back.user_id and q.resource = back.type and q.round = back.window_round
            )
            select {columns} from ended g
            """.replace("{columns}", GenerationView.COLUMNS);

    private static final String ONE = """
            with due as (
                select g.id from generations g join users u on u.id = g.user_id
                where g.id = $8::uuid and g.status = 'pending' and {scope} for update of g
            )""";

    /** $8 id, $9 caller. */
    static String endOne(String scope) {
        return ONE.replace("{scope}", scope) + END;
    }

    /** $8 begun before, $9 at most so many. Those that another replica is ending are skipped. */
    static final String END_OVERDUE = """
            with due as (
                select id from generations where status = 'pending' and created_at < $8::timestamptz and %s
                order by created_at limit $9::int for update skip locked
            )""".formatted(JobLock.held("generation-sweep")) + END;

    private GenerationSql() {}
}
