package io.usher.security;

/** The statements by which API keys are recognised. */
final class KeySql {
    /** Which key a hash belongs to, or belonged to until it was rotated. $1 hash. */
    static final String LOCATE = "select id, user_id from api_keys where key_hash = $1 or previous_hash = $1";

    /**
     * The state of a key in force of an active user, none otherwise; notes the use where the last note is older than a minute. A hash that
     * was replaced is good until its grace ends, or the key itself. $1 key, $2 user, $3 hash, $4 now, $5 a minute ago.
     */
    static final String STATE = """
            with found as materialized (
                select k.id, k.scopes, coalesce(u.username, u.email) as sign_in_name, %s as roles,
                       case when k.key_hash = $3 then k.expires_at else least(k.expires_at, k.previous_expires_at) end as expires_at
                from api_keys k join users u on u.id = k.user_id
                where k.id = $1 and k.user_id = $2 and k.active and (k.expires_at is null or k.expires_at > $4)
                  and (k.key_hash = $3 or (k.previous_hash = $3 and k.previous_expires_at > $4))
                  and u.status = 'active' and u.deleted_at is null
            ), noted as (
                update api_keys set last_used_at = $4
                where id = (select id from found) and (last_used_at is null or last_used_at < $5))
            select scopes, sign_in_name, roles, expires_at from found
            """.formatted(SessionSql.ROLES);

    private KeySql() {}
}
