-- Quotas, the generation ledger, credits, and what makes repeated requests count once.

-- A row is made at first use. Null type and limit: the configured default of the resource holds.
create table user_quotas (
    user_id      uuid not null references users (id) on delete cascade,
    resource     text not null,
    type         text,
    quota_limit  bigint,
    used         bigint not null default 0,
    window_start timestamptz not null,
    -- Moves when the count begins anew within a window: what was charged before that is not given back into what is counted since.
    round        integer not null default 0,
    updated_at   timestamptz not null,
    primary key (user_id, resource),
    constraint user_quotas_type check (type in ('daily', 'weekly', 'unlimited')),
    constraint user_quotas_limit check (quota_limit >= 0 and (type is not null or quota_limit is null)),
    constraint user_quotas_used check (used >= 0)
);

-- A ledger: no foreign key, since it outlives its user under the bare id.
create table generations (
    id           uuid primary key,
    user_id      uuid not null,
    type         text not null,
    prompt       text,
    model        text,
    metadata     jsonb,
    cost         bigint not null,
    status       text not null default 'pending',
    media_url    text,
    error        text,
    ip_address   text,
    -- Which count of which window the cost was charged to, and whether it went back there.
    window_start timestamptz not null,
    window_round integer not null,
    refunded     boolean not null default false,
    created_at   timestamptz not null,
    completed_at timestamptz,
    constraint generations_cost check (cost > 0),
    constraint generations_status check (status in ('pending', 'completed', 'failed')),
    constraint generations_refunded check (not refunded or status = 'failed')
);

create index generations_by_user on generations (user_id, created_at desc, id desc);
create index generations_pending on generations (created_at) where status = 'pending';

-- A ledger: append-only, and it outlives its user. seq orders a user's rows as their balances follow from one another.
create table credit_transactions (
    id            uuid primary key,
    seq           bigint generated always as identity,
    user_id       uuid not null,
    amount        bigint not null,
    balance_after bigint not null,
    reason        text not null,
    reference     text,
    actor_id      uuid,
    created_at    timestamptz not null,
    constraint credit_transactions_amount check (amount <> 0),
    constraint credit_transactions_balance check (balance_after >= 0)
);

create unique index credit_transactions_by_user on credit_transactions (user_id, seq desc);

-- What a request with an Idempotency-Key was answered, written in the transaction of its effect.
create table idempotency_records (
    user_id      uuid not null references users (id) on delete cascade,
    key          text not null,
    request_hash bytea not null,
    status       integer not null,
    location     text,
    response     text not null,
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    primary key (user_id, key)
);

create index idempotency_records_by_expiry on idempotency_records (expires_at);
