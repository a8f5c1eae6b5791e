-- Where rows of the old systems wait for the other files of this folder, beside the service's own tables. Fill with \copy; may be run again.
-- When all is done: drop schema coming_from cascade;
create schema if not exists coming_from;

-- source_id is the old row's key: what comes with the same one again is the same row.
create table if not exists coming_from.a_scraped_contents (
    source_id    text primary key,
    email        text not null,
    content_type text not null,
    source_url   text,
    content      jsonb not null,
    checksum     text,
    created_at   timestamptz not null
);

create table if not exists coming_from.a_active_users (
    owner_email text primary key,
    user_email  text not null,
    created_at  timestamptz not null
);

-- Of a system that has balances and no ledger: one row a user, with the balance as the amount.
create table if not exists coming_from.b_credits (
    source_id  text primary key,
    email      text not null,
    amount     bigint not null,
    reason     text not null,
    reference  text,
    created_at timestamptz not null
);

create table if not exists coming_from.c_generations (
    source_id    text primary key,
    email        text not null,
    type         text not null,
    prompt       text,
    model        text,
    metadata     jsonb,
    cost         bigint not null default 1,
    status       text not null,
    media_url    text,
    error        text,
    ip_address   text,
    created_at   timestamptz not null,
    completed_at timestamptz
);

create table if not exists coming_from.c_invitations (
    admin_email text not null,
    user_email  text not null,
    created_at  timestamptz not null,
    primary key (admin_email, user_email)
);
