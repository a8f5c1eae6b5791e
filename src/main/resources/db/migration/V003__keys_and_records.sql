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

-- Partitions are made ahead by the service, and dropped whole when they are too old.
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

create index user_activities_by_user on user_activities (user_id, created_at desc, id desc);
create index user_activities_by_time on user_activities (created_at desc, id desc);

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

create table prover_settings (
    user_id              uuid not null references users (id) on delete cascade,
    prover_id            text not null,
    serial               text,
    make                 text,
    preferred_fuel_type  text,
    preferred_fuel_types text[] not null default '{}',
    priority             integer not null default 1,
    full_text            text,
    created_at           timestamptz not null,
    updated_at           timestamptz not null,
    primary key (user_id, prover_id)
);

create table dispenser_records (
    id             uuid primary key,
    user_id        uuid not null references users (id) on delete cascade,
    work_order_id  text not null,
    visit_id       text,
    dispenser_data jsonb not null,
    metadata       jsonb,
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
    checksum     text not null,
    created_at   timestamptz not null
);

create index scraped_contents_newest on scraped_contents (user_id, content_type, coalesce(source_url, ''), created_at desc, id desc);
create index scraped_contents_by_user on scraped_contents (user_id, created_at desc, id desc);

-- The user that an admin works as: at most one each, and only one that it manages (super admins: any).
create table active_users (
    owner_id   uuid primary key references users (id) on delete cascade,
    user_id    uuid not null references users (id) on delete cascade,
    created_at timestamptz not null,
    updated_at timestamptz not null
);

create index active_users_by_user on active_users (user_id);
