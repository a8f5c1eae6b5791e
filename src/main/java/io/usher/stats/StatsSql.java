package io.usher.stats;

import io.usher.quota.RunningQuota;
import io.usher.security.Scope;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;

/** The statements of the statistics (decision 85): one each, so that all numbers are of one snapshot. */
record StatsSql(String text, Tuple parameters) {
    /** What is kept of everybody. */
    private static final String EVERYBODYS = kept("user_total", "");

    /** What is kept of the users of the admin $1. */
    private static final String MANAGED = kept("admin_total", " where admin_id = $1");

    /**
     * $1 caller, $2 now, $3 start of the day, $4 of the week, $5 of the month; $6 resources, $7 types (empty for the default), $8 starts of
     * the windows, $9 limits (null for the row's own). A row for each type, status and lead status, or one of nulls; the other numbers stand in all.
     */
    private static final String PRESENT = """
            with facts as ({facts}),
            groups as (
                select user_type, status, lead_status, sum(users)::bigint as users, sum(credits)::text as credits,
                    coalesce(sum(users) filter (where created_at >= $3::timestamptz), 0)::bigint as today,
                    coalesce(sum(users) filter (where created_at >= $4::timestamptz), 0)::bigint as week,
                    coalesce(sum(users) filter (where created_at >= $5::timestamptz), 0)::bigint as month
                from facts group by user_type, status, lead_status
            ),
            done as (
                select count(*) as n from user_activities a cross join lateral (select a.user_id as id) u
                where a.created_at >= $3::timestamptz and {scope} group by a.user_id
            ),
            exhausted as (
                select q.user_id
                from unnest($6::text[], $7::text[], $8::timestamptz[], $9::bigint[]) as w (resource, type, starts, most)
                cross join lateral (
                    select q.user_id from user_quotas q
                    where q.resource = w.resource and coalesce(q.type, '') = w.type and q.window_start >= w.starts
                        and q.used > 0 and q.used >= coalesce(w.most, q.quota_limit) offset 0
                ) q
            )
            select g.*, o.* from (
                select (select count(*) from user_sessions s cross join lateral (select s.user_id as id) u
                        where s.ended_at is null and s.expires_at > $2::timestamptz and {scope}) as sessions,
                    (select count(*) from exhausted e cross join lateral (select e.user_id as id) u
                        where not exists (select 1 from users x where x.id = u.id and x.deleted_at is not null) and {scope}) as exhausted,
                    d.activities, d.active
                from (select coalesce(sum(n), 0)::bigint as activities, count(*) as active from done) d
            ) o left join groups g on true
            """;

    /** $1 caller, $2 the year's start, $3 its end. */
    private static final String SIGNUPS = """
            select extract(month from created_at at time zone 'UTC')::integer as month, sum(users)::bigint as users
            from ({facts}) f where created_at >= $2::timestamptz and created_at < $3::timestamptz group by 1
            """;

    /** The numbers of a moment. */
    static StatsSql present(Scope scope, Instant now, List<RunningQuota> quotas) {
        LocalDate day = now.atOffset(ZoneOffset.UTC).toLocalDate();
        Tuple parameters = Tuple.from(Arrays.asList(
                scope.callerId(),
                now.atOffset(ZoneOffset.UTC),
                start(day),
                start(day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))),
                start(day.withDayOfMonth(1)),
                quotas.stream().map(RunningQuota::resource).toArray(String[]::new),
                quotas.stream().map(RunningQuota::type).toArray(String[]::new),
                quotas.stream()
                        .map(quota -> quota.starts().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new),
                quotas.stream().map(RunningQuota::limit).toArray(Long[]::new)));
        return new StatsSql(scoped(PRESENT, scope), parameters);
    }

    /** The signups of a year. */
    static StatsSql signups(Scope scope, int year) {
        Tuple parameters = Tuple.of(
                scope.callerId(),
                start(LocalDate.of(year, 1, 1)),
                start(LocalDate.of(year, 1, 1).plusYears(1)));
        String unused = scope.kind() == Scope.Kind.EVERYONE ? " and $1::uuid is not null" : "";
        return new StatsSql(scoped(SIGNUPS.replace(" group by 1", unused + " group by 1"), scope), parameters);
    }

    private static String scoped(String sql, Scope scope) {
        boolean everyone = scope.kind() == Scope.Kind.EVERYONE;
        return sql.replace("{facts}", everyone ? EVERYBODYS : MANAGED).replace("{scope}", scope.sql("$1"));
    }

    /** The totals, and what is to be added to them. */
    private static String kept(String tables, String where) {
        String columns =
                "day::timestamp at time zone 'UTC' as created_at, user_type, status, lead_status, users, credits";
        return "select " + columns + " from " + tables + "s" + where + " union all select " + columns + " from "
                + tables + "_changes" + where;
    }

    private static OffsetDateTime start(LocalDate day) {
        return day.atStartOfDay().atOffset(ZoneOffset.UTC);
    }
}
