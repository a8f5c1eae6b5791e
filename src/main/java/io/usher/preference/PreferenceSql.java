package io.usher.preference;

/** The statements on preferences and provers. Whatever changes provers locks the row of the preference that they are a part of first. */
final class PreferenceSql {
    /** The provers of {@code %s} as one JSON array, null where there are none. */
    private static final String PROVERS = """
            (select json_agg(json_build_object('proverId', s.prover_id, 'serial', s.serial, 'make', s.make,
                'preferredFuelType', s.preferred_fuel_type, 'preferredFuelTypes', s.preferred_fuel_types,
                'priority', s.priority, 'fullText', s.full_text))::text
            from prover_settings s where s.user_id = %s)
            """;

    private static final String COLUMNS = "p.id, p.user_id, p.category, p.settings::text, p.created_at, p.updated_at";

    /** $1 user. One statement, so that the preference and its provers are of one moment. */
    static final String LIST = "select " + COLUMNS + ", case when p.category = 'prover' then "
            + PROVERS.formatted("p.user_id") + " end as provers from user_preferences p where p.user_id = $1::uuid";

    /** $1 user, $2 category. */
    static final String FIND = LIST + " and p.category = $2::text";

    /** $1 user. */
    static final String LIST_PROVERS = "select " + PROVERS.formatted("$1::uuid") + " as provers";

    /** $1 user, $2 category. */
    static final String LOCK = """
            select p.settings::text from user_preferences p where p.user_id = $1::uuid and p.category = $2::text
            for no key update
            """;

    /** $1 ids, $2 users, $3 categories, $4 settings, $5 now. In one order, so that two of these wait for each other at most. */
    static final String STORE = """
            insert into user_preferences as p (id, user_id, category, settings, created_at, updated_at)
            select g.id, g.user_id, g.category, g.settings::jsonb, $5::timestamptz, $5::timestamptz
            from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) as g (id, user_id, category, settings)
            order by g.user_id, g.category
            on conflict (user_id, category) do update set settings = excluded.settings, updated_at = excluded.updated_at
            returning p.id, p.user_id, p.category, p.settings::text, p.created_at, p.updated_at
            """;

    /** $1 user, $2 category. Its provers go with the prover preference. */
    static final String DELETE = "delete from user_preferences where user_id = $1::uuid and category = $2::text";

    private static final String GIVEN = """
            with given as (
                select * from jsonb_to_recordset($1::text::jsonb) as g ("userId" uuid, "proverId" text, serial text,
                    make text, "preferredFuelType" text, "preferredFuelTypes" text[], priority integer, "fullText" text)
            )
            """;

    private static final String INSERT_GIVEN = """
            insert into prover_settings as s (user_id, prover_id, serial, make, preferred_fuel_type,
                preferred_fuel_types, priority, full_text, created_at, updated_at)
            select g."userId", g."proverId", g.serial, g.make, g."preferredFuelType", g."preferredFuelTypes",
                g.priority, g."fullText", $2::timestamptz, $2::timestamptz
            from given g
            """;

    private static final String OVER_THE_OLD = """
            on conflict (user_id, prover_id) do update set
                serial = excluded.serial, make = excluded.make, preferred_fuel_type = excluded.preferred_fuel_type,
                preferred_fuel_types = excluded.preferred_fuel_types, priority = excluded.priority,
                full_text = excluded.full_text, updated_at = excluded.updated_at
            """;

    /** $1 provers as JSON, $2 now, $3 the users whose provers these are, and no others. */
    static final String REPLACE_PROVERS = GIVEN + """
            , gone as (
                delete from prover_settings s where s.user_id = any($3::uuid[]) and not exists (
                    select 1 from given g where g."userId" = s.user_id and g."proverId" = s.prover_id)
            )
            """ + INSERT_GIVEN + OVER_THE_OLD;

    /** $1 one prover as JSON, $2 now, $3 how many a user may have. */
    static final String PUT_PROVER = GIVEN + INSERT_GIVEN + """
            where exists (select 1 from prover_settings e where e.user_id = g."userId" and e.prover_id = g."proverId")
                or (select count(*) from prover_settings e where e.user_id = g."userId") < $3::integer
            """ + OVER_THE_OLD;

    /** $1 user, $2 prover. */
    static final String DELETE_PROVER = "delete from prover_settings where user_id = $1::uuid and prover_id = $2::text";

    /** $1 user, $2 lastUpdated, $3 now, $4 id if there is none yet. Locks it, as everything that follows relies on. */
    static final String BEGIN_PROVERS = """
            insert into user_preferences as p (id, user_id, category, settings, created_at, updated_at)
            values ($4::uuid, $1::uuid, 'prover',
                jsonb_build_object('workWeekPreference', null, 'lastUpdated', $2::text), $3::timestamptz, $3::timestamptz)
            on conflict (user_id, category) do update set
                settings = p.settings || jsonb_build_object('lastUpdated', $2::text), updated_at = excluded.updated_at
            """;

    /** $1 user, $2 lastUpdated, $3 now. The same where there is nothing to begin. */
    static final String TOUCH_PROVERS = """
            update user_preferences set settings = settings || jsonb_build_object('lastUpdated', $2::text),
                updated_at = $3::timestamptz
            where user_id = $1::uuid and category = 'prover'
            """;

    private PreferenceSql() {}
}
