package io.usher.quota;

/**
 * The statements of quotas. A row's {@code used} counts for the window that {@code window_start} says; once the window is past, it counts for
 * nothing, without anybody having reset it. Windows never go back: a replica whose clock is behind counts in the one that has begun. Whatever
 * lets a count begin anew, a new window too, moves {@code round} on, so that the round names the count, also where its window's start moves.
 */
final class QuotaSql {
    /** More than anybody uses, and far enough from the end of bigint to add to. */
    private static final String MOST = "9000000000000000000";

    private static final String DAY = "$6::timestamptz";
    private static final String WEEK = "$7::timestamptz";

    /** The start of the present window of a type. */
    private static final String START =
            "(case %s when 'daily' then %s when 'weekly' then %s else timestamptz 'epoch' end)";

    private static final String OWN_START = START.formatted("coalesce(q.type, $4::text)", DAY, WEEK);
    private static final String RUNS = "q.window_start >= " + OWN_START;

    /**
     * $1 user, $2 resource, $3 amount, $4 default type, $5 default limit, $6 start of the day, $7 start of the week, $8 now. Takes all or
     * nothing. The row of a user without one is only made where the default allows the amount; where there is a row, it decides.
     */
    static final String TAKE = """
            insert into user_quotas as q (user_id, resource, used, window_start, updated_at)
            select $1::uuid, $2::text, $3::bigint, {default_start}, $8::timestamptz
            where $5::bigint is null or $3::bigint <= $5::bigint
                or exists (select 1 from user_quotas o where o.user_id = $1::uuid and o.resource = $2::text)
            on conflict (user_id, resource) do update set
                used = least(case when {runs} then q.used else 0 end, {most}) + $3::bigint,
                window_start = greatest(q.window_start, {own_start}),
                round = q.round + case when {runs} then 0 else 1 end,
                updated_at = $8::timestamptz
            where coalesce(q.type, $4::text) = 'unlimited'
                or case when {runs} then q.used else 0 end + $3::bigint
                    <= case when q.type is null then $5::bigint else q.quota_limit end
            returning q.user_id, q.resource, q.type, q.quota_limit, q.used, q.window_start, q.round
            """.replace("{default_start}", START.formatted("$4::text", DAY, WEEK))
            .replace("{own_start}", OWN_START)
            .replace("{runs}", RUNS)
            .replace("{most}", MOST);

    /** What a take answers: the row as it is after it, or, where nothing was taken, as it was. */
    static final String TAKEN = """
            select true as taken, t.type, t.quota_limit, t.used, t.window_start from taken t
            union all
            select false, q.type, q.quota_limit, q.used, q.window_start from user_quotas q
            where q.user_id = $1::uuid and q.resource = $2::text and not exists (select 1 from taken)
            """;

    /** $1 user. */
    static final String STATUS =
            "select resource, type, quota_limit, used, window_start from user_quotas where user_id = $1";

    /**
     * $1 user, $2 resources, $3 types, $4 limits, $5 the resources' default types, $6 start of the day, $7 start of the week, $8 now. What
     * was used in the window that runs stays used when its type changes, in the same round though a weekly count's window then starts today;
     * but for the count of an unlimited quota, which was held against nothing: from there on it begins anew.
     */
    static final String SET = """
            insert into user_quotas as q (user_id, resource, type, quota_limit, used, window_start, updated_at)
            select $1::uuid, s.resource, s.type, s.quota_limit, 0, {new_start}, $8::timestamptz
            from unnest($2::text[], $3::text[], $4::bigint[]) as s (resource, type, quota_limit) order by s.resource
            on conflict (user_id, resource) do update set
                type = excluded.type,
                quota_limit = excluded.quota_limit,
                used = case when {anew} then 0 else q.used end,
                window_start = greatest(q.window_start, {old_start}, excluded.window_start),
                round = q.round + case when {anew} then 1 else 0 end,
                updated_at = $8::timestamptz
            returning resource, old.type as old_type, old.quota_limit as old_limit, new.type, new.quota_limit
            """.replace("{anew}", "({unbound} or q.window_start < {old_start})")
            .replace("{unbound}", "({old_type} = 'unlimited' and excluded.type <> 'unlimited')")
            .replace("{new_start}", START.formatted("s.type", DAY, WEEK))
            .replace("{old_start}", START.formatted("{old_type}", DAY, WEEK))
            .replace("{old_type}", "coalesce(q.type, ($5::text[])[array_position($2::text[], q.resource)])");

    /** $1 users that have no quotas yet, $2 resources, $3 types, $4 limits, $5 starts of the windows, $6 now. */
    static final String SET_FOR_NEW = """
            insert into user_quotas (user_id, resource, type, quota_limit, used, window_start, updated_at)
            select u.id, s.resource, s.type, s.quota_limit, 0, s.window_start, $6::timestamptz
            from unnest($1::uuid[]) as u (id)
            cross join unnest($2::text[], $3::text[], $4::bigint[], $5::timestamptz[])
                as s (resource, type, quota_limit, window_start)
            on conflict (user_id, resource) do nothing
            """;

    /** $1 user, $2 resource or null for all, $3 now. */
    static final String RESET = """
            update user_quotas set used = 0, round = round + 1, updated_at = $3::timestamptz
            where user_id = $1::uuid and ($2::text is null or resource = $2::text)
            returning resource, old.used as old_used
            """;

    private QuotaSql() {}
}
