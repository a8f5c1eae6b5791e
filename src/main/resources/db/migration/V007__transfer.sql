-- Jobs that move users, for requests that do not wait for them (decision 87).
create table transfer_jobs (
    id             uuid primary key,
    owner_id       uuid not null references users (id) on delete cascade,
    kind           text not null,
    state          text not null,
    processed      bigint not null default 0,
    total          bigint,
    created_at     timestamptz not null,
    started_at     timestamptz,
    finished_at    timestamptz,
    -- The process that has the file says so every few seconds: when it has not for a minute, it is dead, and the job with it.
    heartbeat_at   timestamptz not null,
    report         jsonb,
    failure_code   text,
    failure_detail text,
    constraint transfer_jobs_kind check (kind in ('import')),
    constraint transfer_jobs_state check (state in ('queued', 'running', 'succeeded', 'failed'))
);

create index transfer_jobs_by_owner on transfer_jobs (owner_id);
create index transfer_jobs_open on transfer_jobs (heartbeat_at) where state in ('queued', 'running');
create index transfer_jobs_ended on transfer_jobs (finished_at) where finished_at is not null;
