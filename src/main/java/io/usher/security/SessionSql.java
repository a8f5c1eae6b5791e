package io.usher.security;

import io.usher.persistence.JobLock;

/** The statements on sessions. Conditions on time take it as a parameter, so that a test can move the clock. */
final class SessionSql {
    /** The roles of {@code users u}: its type, the flag, its custom roles. */
    static final String ROLES = """
            array[u.user_type] || case when u.super_admin then array['super-admin'] else '{}' end
                || array(select ur.role_name from user_roles ur where ur.user_id = u.id order by ur.role_name)""";

    /**
     * The state of a live session of an active user, none otherwise; notes the activity where the last note is older than a minute.
     * $1 session, $2 user, $3 now, $4 a minute ago.
     */
    static final String STATE = """
            with noted as (
                update user_sessions set last_activity_at = $3
                where id = $1 and user_id = $2 and ended_at is null and expires_at > $3 and last_activity_at < $4
                returning last_activity_at)
            select s.created_at, coalesce((select last_activity_at from noted), s.last_activity_at) as last_activity_at, s.expires_at,
                   coalesce(u.username, u.email) as sign_in_name, %s as roles
            from user_sessions s join users u on u.id = s.user_id
            where s.id = $1 and s.user_id = $2 and s.ended_at is null and s.expires_at > $3
              and u.status = 'active' and u.deleted_at is null
            """.formatted(ROLES);

    /** A session and its first refresh token. */
    static final String OPEN = """
            with opened as (
                insert into user_sessions (id, user_id, created_at, last_activity_at, expires_at, ip, user_agent)
                values (:session, :user, :now, :now, :expires, :ip, nullif(:agent, ''))
                returning id)
            insert into refresh_tokens (token_hash, session_id, created_at)
            select :hash, id, :now from opened
            """;

    /**
     * Uses a refresh token up and puts another in its place, or ends the session where it was used before. $1 the token's hash, $2 now,
     * $3 the new token's hash. One row, of nulls where the token is unknown.
     *
     * <p>Two at once: the second waits for the first on the token's row, then finds it used. What depends on {@code used} reads it through
     * scalar subqueries on purpose: those keep their value when PostgreSQL re-evaluates a row that has changed meanwhile.
     */
    static final String REFRESH = """
            with known as materialized (
                select session_id, used_at from refresh_tokens where token_hash = $1
            ), used as (
                update refresh_tokens r set used_at = $2
                where token_hash = $1 and used_at is null
                  and exists (select 1 from user_sessions s where s.id = r.session_id and s.ended_at is null and s.expires_at > $2)
                returning session_id
            ), touched as (
                update user_sessions s
                set last_activity_at = case when (select count(*) from used) = 1 then $2 else s.last_activity_at end,
                    ended_at = case when (select count(*) from used) = 1 then null else cast($2 as timestamptz) end
                where s.id = (select session_id from known) and s.ended_at is null and s.expires_at > $2
                returning s.id, s.user_id
            ), issued as (
                insert into refresh_tokens (token_hash, session_id, created_at)
                select $3, t.id, $2
                from touched t join users u on u.id = t.user_id
                where (select count(*) from used) = 1 and u.status = 'active' and u.deleted_at is null
                returning session_id
            )
            select s.id, s.user_id, s.expires_at, s.ended_at is not null as ended, k.used_at is not null as used_before,
                   (select count(*) from used) = 1 as used_now, (select count(*) from issued) = 1 as issued, %s as roles
            from known k join user_sessions s on s.id = k.session_id join users u on u.id = s.user_id
            """.formatted(ROLES);

    /** $1 user, $2 now. */
    static final String LIVE = """
            select id, created_at, last_activity_at, expires_at, ip, user_agent from user_sessions
            where user_id = $1 and ended_at is null and expires_at > $2
            order by last_activity_at desc, id
            """;

    static final String END = """
            update user_sessions set ended_at = :now
            where id = :session and user_id = :user and ended_at is null and expires_at > :now
            """;

    static final String END_ALL = """
            update user_sessions set ended_at = :now
            where user_id = :user and ended_at is null and expires_at > :now and id <> :except
            """;

    /** $1 users, $2 now. */
    static final String END_ALL_OF = """
            update user_sessions s set ended_at = $2 from unnest($1::uuid[]) as t (user_id)
            where s.user_id = t.user_id and s.ended_at is null and s.expires_at > $2::timestamptz
            """;

    /** $1 expired before; $2 at most so many. Sessions that another replica is sweeping are skipped. */
    static final String SWEEP_SESSIONS = """
            delete from user_sessions where id in (
                select id from user_sessions where expires_at < $1 and %s
                order by expires_at limit $2 for update skip locked)
            """.formatted(JobLock.held("session-sweep"));

    /** $1 expired before; $2 at most so many. */
    static final String SWEEP_TOKENS = """
            delete from one_time_tokens where (user_id, purpose) in (
                select user_id, purpose from one_time_tokens where expires_at < $1 and %s
                order by expires_at limit $2 for update skip locked)
            """.formatted(JobLock.held("token-sweep"));

    private SessionSql() {}
}
