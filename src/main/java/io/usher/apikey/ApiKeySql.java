package io.usher.apikey;

/** The statements on API keys. Every one names the owner: a key of somebody else is not there. */
final class ApiKeySql {
    /** The one order there is, as cursors name it. */
    static final String ORDER = "createdAt.desc";

    private static final String COLUMNS =
            "id, user_id, name, description, key_prefix, scopes, active, expires_at, last_used_at, created_at, updated_at";

    /** $1 user, $2 whether to count, $3 and $4 the last key of the page before (nulls for the first), $5 limit, $6 offset. */
    static final String PAGE = """
            select c.total, p.* from (select case when $2::boolean then (select count(*) from api_keys where user_id = $1) end as total) c
            left join lateral (
                select %s from api_keys
                where user_id = $1 and ($3::timestamptz is null or (created_at, id) < ($3::timestamptz, $4::uuid))
                order by created_at desc, id desc limit $5 offset $6) p on true
            order by p.created_at desc, p.id desc
            """.formatted(COLUMNS);

    /** $1 user, $2 key. */
    static final String GET = "select " + COLUMNS + " from api_keys where user_id = $1 and id = $2";

    /** Keeps others from adding a key of the same user at the same time, so that the limit is exact. */
    static final String LOCK_OWNER = "select 1 from users where id = :user for no key update";

    static final String INSERT = """
            insert into api_keys (id, user_id, name, description, key_prefix, key_hash, scopes, expires_at, created_at, updated_at)
            select :id, :user, :name, nullif(:description, ''), :prefix, :hash, string_to_array(:scopes, ' '),
                   cast(nullif(:expires, '') as timestamptz), :now, :now
            where (select count(*) from api_keys where user_id = :user) < :max
            """;

    /** $1 user, $2 key, $3 now, $4 name, $5 and $6 whether and what description, $7 scopes, $8 active, $9 and $10 whether and what expiry. */
    static final String UPDATE = """
            update api_keys set updated_at = $3, name = coalesce($4::text, name),
                description = case when $5::boolean then $6::text else description end,
                scopes = coalesce($7::text[], scopes), active = coalesce($8::boolean, active),
                expires_at = case when $9::boolean then $10::timestamptz else expires_at end
            where user_id = $1 and id = $2 returning %s,
                old.name as old_name, old.description as old_description, old.scopes as old_scopes, old.active as old_active,
                old.expires_at as old_expires_at
            """.formatted(COLUMNS);

    /** $1 user, $2 key, $3 now, $4 new prefix, $5 new hash, $6 until when the old hash is good, null for no longer. */
    static final String ROTATE = """
            update api_keys set updated_at = $3, key_prefix = $4, key_hash = $5,
                previous_hash = case when $6::timestamptz is null then null else key_hash end, previous_expires_at = $6::timestamptz
            where user_id = $1 and id = $2 returning %s
            """.formatted(COLUMNS);

    /** $1 user, $2 key. */
    static final String DELETE = "delete from api_keys where user_id = $1 and id = $2";

    /** $1 user. */
    static final String DELETE_ALL = "delete from api_keys where user_id = $1 returning id";

    private ApiKeySql() {}
}
