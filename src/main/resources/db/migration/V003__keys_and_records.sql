-- API keys, activity, preferences, field work and the active user.

create table api_keys (
    id                  uuid primary key,
    user_id             uuid not null references users (id) on delete cascade,
    name                text not null,
    description         text,
    key_prefix          char(12) not null,
    key_hash            char(64) not null unique,
    previous_hash       char(64) unique,
    previous_expires_at timestamptz,
    scopes              text[] not null default '{}',
    active              boolean not null default true,
    expires_at          timestamptz,
    last_used_at        timestamptz,
    created_at          timestamptz not null,
    updated_at          timestamptz not null
);

create index api_keys_by_user on api_keys (user_id, created_at desc, id desc);

-- Makes a table's partition of one month of created_at (UTC), unless it is there; true where it made one. What the default partition took of
-- that month moves along. Writers of the table wait meanwhile, and find the new month then: locks go down to the default partition in the
-- order in which requests take them, the tables that foreign keys refer to first. They are waited for less long than deadlock_timeout, so that
-- in a deadlock this gives way, not a request. A month that has passed already is kept as if it ended today.
create function usher_make_month_partition(parent text, month date, today date) returns boolean
    language plpgsql set lock_timeout = '500ms' as $$
declare
    part text := parent || to_char(month, '_YYYY_MM');
    ends date := month + interval '1 month';
    lowest text := to_char(month, 'YYYY-MM-DD') || ' 00:00+00';
    beyond text := to_char(ends, 'YYYY-MM-DD') || ' 00:00+00';
    kept text := 'kept from ' || to_char(today, 'YYYY-MM-DD');
    referenced regclass;
    made boolean;
begin
    perform pg_advisory_xact_lock(hashtextextended(parent, 7302));
    made := to_regclass(part) is null;
    if made then
        for referenced in
            select distinct c.confrelid::regclass from pg_constraint c
            where c.conrelid = parent::regclass and c.contype = 'f' order by 1
        loop
            execute format('lock table only %s in share row exclusive mode', referenced);
        end loop;
        execute format('lock table only %I in share row exclusive mode', parent);
        execute format('lock table %I in access exclusive mode', parent || '_default');
        execute format('create table %I (like %I including defaults including constraints)', part, parent);
        execute format(
            'with moved as (delete from %I where created_at >= %L and created_at < %L returning *) insert into %I select * from moved',
            parent || '_default', lowest, beyond, part);
        execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, part, lowest, beyond);
    end if;
    if ends <= today and obj_description(part::regclass, 'pg_class') is distinct from kept then
        execute format('comment on table %I is %L', part, kept);
    end if;
    return made;
end $$;

-- Drops a table's months that ended at least so many months ago, by the service's clock and by this server's: neither alone, gone wrong, is
-- enough to lose anything.
create function usher_drop_month_partitions(parent text, today date, months integer) returns text[]
    language plpgsql set lock_timeout = '500ms' as $$
declare
    due date := least(today, (now() at time zone 'UTC')::date) - make_interval(months => months);
    part text;
    dropped text[] := '{}';
begin
    perform pg_advisory_xact_lock(hashtextextended(parent, 7302));
    for part in
        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = parent::regclass and c.relname ~ ('^' || parent || '_[0-9]{4}_[0-9]{2}$')
            and greatest(to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month',
                substring(obj_description(c.oid, 'pg_class') from 'kept from (.+)')::date) <= due
        order by c.relname
    loop
        execute format('drop table %I', part);
        dropped := dropped || part;
    end loop;
    return dropped;
end $$;

-- A partition a month, made ahead by the service, and dropped whole when it is too old.
create table user_activities (
    id            uuid not null,
    user_id       uuid not null references users (id) on delete cascade,
    activity_type text not null,
    details       jsonb,
    ip_address    text,
    created_at    timestamptz not null,
    primary key (id, created_at),
    constraint user_activities_type check (activity_type in
        ('login', 'logout', 'settings_change', 'scrape', 'form_automation', 'filter_change', 'user_switch'))
) partition by range (created_at);

-- Takes what has no month yet: nothing fails because a month was not made in time.
create table user_activities_default partition of user_activities default;

create index user_activities_by_user on user_activities (user_id, created_at desc, id desc) include (activity_type);
create index user_activities_by_time on user_activities (created_at desc, id desc) include (user_id, activity_type);

create table user_preferences (
    id         uuid primary key,
    user_id    uuid not null references users (id) on delete cascade,
    category   text not null,
    settings   jsonb not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    unique (user_id, category),
    constraint user_preferences_category check (category in ('email', 'pushover', 'work_week', 'notification', 'prover'))
);

-- A user's provers are a part of its prover preference: there are none without it, and they go with it.
create table prover_settings (
    user_id              uuid not null references users (id) on delete cascade,
    category             text not null generated always as ('prover') stored,
    prover_id            text not null,
    serial               text,
    make                 text,
    preferred_fuel_type  text,
    preferred_fuel_types text[] not null default '{}',
    priority             integer not null default 1,
    full_text            text,
    created_at           timestamptz not null,
    updated_at           timestamptz not null,
    primary key (user_id, prover_id),
    foreign key (user_id, category) references user_preferences (user_id, category) on delete cascade
);

create table dispenser_records (
    id             uuid primary key,
    user_id        uuid not null references users (id) on delete cascade,
    work_order_id  text not null,
    visit_id       text,
    dispenser_data jsonb not null,
    metadata       jsonb,
    -- What the documents have as JSON, in bytes: a page is cut by it before they are read.
    size           integer not null generated always as (
        octet_length(dispenser_data::text) + coalesce(octet_length(metadata::text), 0)) stored,
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    unique (user_id, work_order_id)
);

create index dispenser_records_by_user on dispenser_records (user_id, updated_at desc, id desc);

create table scraped_contents (
    id           uuid primary key,
    user_id      uuid not null references users (id) on delete cascade,
    content_type text not null,
    source_url   text,
    content      jsonb not null,
    size         integer not null generated always as (octet_length(content::text)) stored,
    checksum     text not null,
    created_at   timestamptz not null
);

-- By a hash of the source, since a b-tree takes no keys as long as URLs can be.
create index scraped_contents_newest on scraped_contents
    (user_id, content_type, md5(coalesce(source_url, '')), created_at desc, id desc);
create index scraped_contents_by_user on scraped_contents (user_id, created_at desc, id desc);

-- The user that an admin works as: at most one each, and only one that it manages (super admins: any).
create table active_users (
    owner_id   uuid primary key references users (id) on delete cascade,
    user_id    uuid not null references users (id) on delete cascade,
    created_at timestamptz not null,
    updated_at timestamptz not null
);

create index active_users_by_user on active_users (user_id);
