-- Users, who manages them, how they sign in, and the mails that are owed to them.

create extension if not exists pg_trgm;

create table users (
    id                  uuid primary key default uuidv7(),
    email               text not null unique,
    v1_id               char(32) not null generated always as (md5(email)) stored unique,
    username            text,
    -- What a registration asks for: it becomes the username once the address is verified, if it is still free then. Were it a username at
    -- once, registering it again elsewhere would tell whether the first address had been new (docs/decisions, registrations).
    requested_username  text,
    name                text,
    friendly_name       text,
    notification_email  text,
    user_type           text not null default 'customer',
    super_admin         boolean not null default false,
    status              text not null default 'pending',
    email_verified      boolean not null default false,
    password_hash       text,
    password_changed_at timestamptz,
    phone               text,
    address             text,
    city                text,
    state               text,
    zip_code            text,
    country             text,
    business_site       text,
    additional_websites text[] not null default '{}',
    business_type       text,
    lead_status         text,
    notes               text,
    credits             bigint not null default 0,
    created_at          timestamptz not null default now(),
    updated_at          timestamptz not null default now(),
    last_login_at       timestamptz,
    last_used_at        timestamptz,
    deleted_at          timestamptz,
    version             bigint not null default 0,
    search_text         text not null generated always as (
        lower(email || E'\n' || coalesce(name, '') || E'\n' || coalesce(username, '') || E'\n' || coalesce(phone, ''))) stored,
    constraint users_email_normalised check (email = lower(btrim(email)) and length(email) between 3 and 254),
    constraint users_user_type check (user_type in ('customer', 'admin')),
    constraint users_super_admin_is_admin check (not super_admin or user_type = 'admin'),
    constraint users_status check (status in ('pending', 'active', 'inactive', 'suspended')),
    constraint users_lead_status check (lead_status in ('lead', 'qualified', 'customer', 'closed')),
    constraint users_credits_not_negative check (credits >= 0)
);

create unique index users_username_key on users (lower(username));

-- Needles of three characters or more: anywhere in the text.
create index users_search_trgm on users using gin (search_text gin_trgm_ops);
create index users_email_trgm on users using gin (email gin_trgm_ops);
create index users_name_trgm on users using gin (lower(name) gin_trgm_ops);

-- Shorter needles: at the start.
create index users_email_prefix on users (email text_pattern_ops);
create index users_name_prefix on users (lower(name) text_pattern_ops);
create index users_username_prefix on users (lower(username) text_pattern_ops);
create index users_phone_prefix on users (lower(phone) text_pattern_ops);

-- Keyset pages: one b-tree for each sort key, ties broken by id. Nulls sort as empty, so that a cursor can stand on them.
create index users_by_created_at on users (created_at, id);
create index users_by_email on users (email, id);
create index users_by_name on users (lower(coalesce(name, '')), id);
create index users_by_last_login_at on users (coalesce(last_login_at, '-infinity'::timestamptz), id);

-- Totals, without a look at the rows; and the few admins among the many customers.
create index users_live on users (id) where deleted_at is null;
create index users_admins on users (created_at, id) where user_type = 'admin';

-- Who manages whom. An admin manages itself (a trigger sees to it), so that its scope is this one table.
create table user_admins (
    admin_id   uuid not null references users (id) on delete cascade,
    user_id    uuid not null references users (id) on delete cascade,
    created_at timestamptz not null default now(),
    primary key (admin_id, user_id)
);

create index user_admins_by_user on user_admins (user_id);

create function usher_admin_manages_itself() returns trigger language plpgsql as $$
begin
    if new.user_type = 'admin' then
        insert into user_admins (admin_id, user_id) values (new.id, new.id) on conflict do nothing;
    else
        delete from user_admins where admin_id = new.id;
    end if;
    return null;
end $$;

create trigger users_admin_manages_itself_on_insert
    after insert on users for each row when (new.user_type = 'admin')
    execute function usher_admin_manages_itself();

create trigger users_admin_manages_itself_on_update
    after update of user_type on users for each row when (old.user_type is distinct from new.user_type)
    execute function usher_admin_manages_itself();

-- Custom roles. customer, admin and super-admin are not rows: they follow from users.user_type and users.super_admin.
create table roles (
    name        text primary key,
    description text,
    created_at  timestamptz not null default now(),
    constraint roles_name check (name ~ '^[a-z][a-z0-9-]{1,31}$' and name not in ('customer', 'admin', 'super-admin'))
);

create table user_roles (
    user_id   uuid not null references users (id) on delete cascade,
    role_name text not null references roles (name),
    primary key (user_id, role_name)
);

create index user_roles_by_role on user_roles (role_name);

create table user_sessions (
    id               uuid primary key,
    user_id          uuid not null references users (id) on delete cascade,
    created_at       timestamptz not null,
    last_activity_at timestamptz not null,
    expires_at       timestamptz not null,
    ended_at         timestamptz,
    ip               text,
    user_agent       text
);

create index user_sessions_live on user_sessions (user_id, expires_at) where ended_at is null;
create index user_sessions_by_expiry on user_sessions (expires_at);

-- Every refresh token of a session, as SHA-256, used ones too: that is how reuse is seen (RFC 9700, section 4.14).
create table refresh_tokens (
    token_hash bytea primary key,
    session_id uuid not null references user_sessions (id) on delete cascade,
    created_at timestamptz not null,
    used_at    timestamptz
);

create index refresh_tokens_by_session on refresh_tokens (session_id);

-- Set-up tokens, reset tokens and verification codes, as SHA-256. At most one of each purpose lives for a user.
create table one_time_tokens (
    user_id    uuid not null references users (id) on delete cascade,
    purpose    text not null,
    token_hash bytea not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at    timestamptz,
    attempts   integer not null default 0,
    primary key (user_id, purpose),
    constraint one_time_tokens_purpose check (purpose in ('setup', 'reset', 'verify'))
);

create unique index one_time_tokens_by_hash on one_time_tokens (token_hash) where purpose <> 'verify';
create index one_time_tokens_by_expiry on one_time_tokens (expires_at);

-- Mails owed. A row says what to send to which address; codes and tokens are made when it is sent, and never stand here.
create table mail_outbox (
    id              uuid primary key default uuidv7(),
    kind            text not null,
    email           text not null,
    created_at      timestamptz not null,
    attempts        integer not null default 0,
    next_attempt_at timestamptz not null,
    last_error      text
);

create index mail_outbox_due on mail_outbox (next_attempt_at);
