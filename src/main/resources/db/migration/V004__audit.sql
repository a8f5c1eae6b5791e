-- The audit log (docs/decisions, audit): events that only ever grow, and a chain of hashes over them, a partition a month each.

-- What was done, to whom, by whom. Nothing personal and nothing secret: it outlives its users under their bare ids, and cannot be changed.
create table audit_events (
    id           uuid not null,
    created_at   timestamptz not null,
    action       text not null,
    actor_type   text not null,
    actor_id     uuid,
    actor_key_id uuid,
    target_id    uuid,
    subject      text,
    -- As text, since its bytes are hashed: what jsonb prints is no promise.
    changes      text not null,
    request_id   text,
    origin_id    uuid,
    primary key (id, created_at),
    constraint audit_events_actor_type check (actor_type in ('user', 'key', 'system')),
    constraint audit_events_changes check (changes is json array)
) partition by range (created_at);

create table audit_events_default partition of audit_events default;

create index audit_events_by_time on audit_events (created_at desc, id desc);
create index audit_events_by_actor on audit_events (actor_id, created_at desc, id desc);
create index audit_events_by_target on audit_events (target_id, created_at desc, id desc);
create index audit_events_by_action on audit_events (action, created_at desc, id desc);

-- From where it was done: one row for all events of a write. Not hashed, since whoever is anonymised takes it along.
create table audit_origins (
    id         uuid not null,
    created_at timestamptz not null,
    actor_id   uuid,
    ip_address text,
    user_agent text,
    primary key (id, created_at)
) partition by range (created_at);

create table audit_origins_default partition of audit_origins default;

create index audit_origins_by_actor on audit_origins (actor_id) where ip_address is not null or user_agent is not null;

-- The chain: each link hashes the one before and its event. created_at is when it was sealed, and never goes back from one link to the next:
-- so retention cuts the chain at one place, whatever the order was in which events of a month's last second were committed.
create table audit_chain (
    seq              bigint not null,
    created_at       timestamptz not null,
    event_id         uuid not null,
    event_created_at timestamptz not null,
    previous         bytea not null,
    hash             bytea not null,
    primary key (seq, created_at)
) partition by range (created_at);

create table audit_chain_default partition of audit_chain default;

-- The end of the chain: who seals locks it.
create table audit_head (
    one       boolean primary key default true check (one),
    seq       bigint not null,
    hash      bytea not null,
    sealed_at timestamptz not null
);

insert into audit_head (seq, hash, sealed_at) values (0, sha256('usher'), now());

-- Where the chain begins, and which months were dropped: a row for each time that retention dropped some.
create table audit_anchors (
    id         bigint generated always as identity primary key,
    created_at timestamptz not null,
    dropped    text[] not null,
    seq        bigint not null,
    hash       bytea not null
);

insert into audit_anchors (created_at, dropped, seq, hash) select now(), '{}', seq, hash from audit_head;

-- Events that are not chained yet. Writers add to it and wait for nobody; what is not committed is not seen, and sealed later.
create table audit_unsealed (
    event_id   uuid primary key,
    created_at timestamptz not null
);

create function usher_audit_queue() returns trigger language plpgsql as $$
begin
    insert into audit_unsealed (event_id, created_at) select id, created_at from added;
    return null;
end $$;

create trigger audit_events_queue after insert on audit_events
    referencing new table as added for each statement execute function usher_audit_queue();

-- Length first, so that no two rows have the same bytes; -1 for null.
create function usher_framed(value text) returns bytea language sql stable as $$
    select coalesce(int4send(octet_length(convert_to(value, 'UTF8'))) || convert_to(value, 'UTF8'), int4send(-1))
$$;

-- What is hashed of an event: all of it.
create function usher_audit_content(e audit_events) returns bytea language sql stable as $$
    select usher_framed(e.id::text) || usher_framed((extract(epoch from e.created_at) * 1000000)::bigint::text)
        || usher_framed(e.action) || usher_framed(e.actor_type) || usher_framed(e.actor_id::text) || usher_framed(e.actor_key_id::text)
        || usher_framed(e.target_id::text) || usher_framed(e.subject) || usher_framed(e.changes) || usher_framed(e.request_id)
        || usher_framed(e.origin_id::text)
$$;

create function usher_next_hash(previous bytea, first bytea, content bytea) returns bytea language sql immutable as $$
    select sha256(coalesce(previous, first) || content)
$$;

-- The chain's hashes as a running total: of the head that it goes on from, and the contents in their order.
create aggregate usher_chained(first bytea, content bytea) (sfunc = usher_next_hash, stype = bytea);

-- Moves events from the queue into the chain, the oldest first; answers how many. Whoever else seals waits for it.
create function usher_seal_audit(most integer) returns integer language plpgsql as $$
declare
    head audit_head;
    sealed integer;
begin
    if not exists (select from audit_unsealed) then
        return 0;
    end if;
    select * into head from audit_head for update;
    with taken as (
        delete from audit_unsealed where event_id in (select event_id from audit_unsealed order by event_id limit most) returning event_id, created_at
    ), chained as (
        select e.id, e.created_at, row_number() over (order by e.id) as n,
            usher_chained(head.hash, usher_audit_content(e)) over (order by e.id rows unbounded preceding) as hash
        from taken t join audit_events e on e.id = t.event_id and e.created_at = t.created_at
    ), linked as (
        -- Not earlier than its events, so that no link is dropped before them; by an hour at most, so that no wrong clock decides.
        insert into audit_chain (seq, created_at, event_id, event_created_at, previous, hash)
        select head.seq + n,
            (select greatest(head.sealed_at, clock_timestamp(), least(max(created_at), clock_timestamp() + interval '1 hour')) from chained),
            id, created_at, lag(hash, 1, head.hash) over (order by n), hash
        from chained order by n
        returning seq, hash, created_at
    ), last as (
        update audit_head h set seq = l.seq, hash = l.hash, sealed_at = l.created_at
        from (select * from linked order by seq desc limit 1) l
    )
    select count(*) into sealed from taken;
    return sealed;
end $$;

-- Holds every event against the chain, in one snapshot. first_broken is null where all is well, and where only the end of the chain is gone.
create function usher_verify_audit(out valid boolean, out events bigint, out first_broken uuid, out head text)
    language sql stable as $$
    with anchor as (
        select seq, hash from audit_anchors order by id desc limit 1
    ), dropped as (
        select distinct unnest(dropped) as part from audit_anchors
    ), links as (
        select c.seq, c.event_id, c.event_created_at, c.previous, c.hash, e.id is not null as present,
            sha256(c.previous || usher_audit_content(e)) as computed,
            lag(c.seq, 1, a.seq) over w as seq_before, lag(c.hash, 1, a.hash) over w as hash_before
        from audit_chain c cross join anchor a
        left join audit_events e on e.id = c.event_id and e.created_at = c.event_created_at
        window w as (order by c.seq)
    ), broken as (
        select seq, event_id from links
        where seq <> seq_before + 1 or previous <> hash_before
            or case when present then hash <> computed
                else 'audit_events' || to_char(event_created_at at time zone 'UTC', '_YYYY_MM') not in (select part from dropped) end
        union all
        select null, e.id from audit_events e
        where not exists (select from audit_chain c where c.event_id = e.id and c.event_created_at = e.created_at)
            and not exists (select from audit_unsealed q where q.event_id = e.id and q.created_at = e.created_at)
        union all
        select null, q.event_id from audit_unsealed q
        where not exists (select from audit_events e where e.id = q.event_id and e.created_at = q.created_at)
        union all
        select null, null from audit_head h
        where not exists (
            select from (select seq, hash from links union all select seq, hash from anchor order by seq desc limit 1) l
            where l.seq = h.seq and l.hash = h.hash)
    )
    select not exists (select from broken),
        (select count(*) from audit_events),
        (select event_id from broken order by seq nulls last, event_id limit 1),
        (select encode(hash, 'hex') from audit_head)
$$;

-- Against slips, a superuser's too: what the grants below do not hold back.
create function usher_refuse() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and current_setting('usher.moves', true) || '_default' = tg_table_name then
        return old;
    end if;
    raise exception '% only grows', tg_table_name using errcode = 'insufficient_privilege';
end $$;

create trigger audit_events_kept before update or delete on audit_events for each row execute function usher_refuse();
create trigger audit_chain_kept before update or delete on audit_chain for each row execute function usher_refuse();
create trigger audit_anchors_kept before update or delete on audit_anchors for each row execute function usher_refuse();
create trigger kept_whole before truncate on audit_events for each statement execute function usher_refuse();
create trigger kept_whole before truncate on audit_events_default for each statement execute function usher_refuse();
create trigger kept_whole before truncate on audit_chain for each statement execute function usher_refuse();
create trigger kept_whole before truncate on audit_chain_default for each statement execute function usher_refuse();
create trigger kept_whole before truncate on audit_anchors for each statement execute function usher_refuse();

-- The service's own role: whoever owns the tables, where it runs the migrations itself.
revoke update, delete, truncate on audit_events, audit_events_default, audit_chain, audit_chain_default, audit_anchors from current_user;
revoke delete, truncate on audit_head from current_user;

-- As in V003, and what is true of the audit tables is true of their new months. It runs with the rights of the tables' owner, so that a service
-- that logs in as somebody else can have its months made.
create or replace function usher_make_month_partition(parent text, month date, today date) returns boolean
    language plpgsql security definer set lock_timeout = '500ms' as $$
declare
    part text := parent || to_char(month, '_YYYY_MM');
    ends date := month + interval '1 month';
    lowest text := to_char(month, 'YYYY-MM-DD') || ' 00:00+00';
    beyond text := to_char(ends, 'YYYY-MM-DD') || ' 00:00+00';
    kept text := 'kept from ' || to_char(today, 'YYYY-MM-DD');
    referenced regclass;
    made boolean;
    kept_whole boolean := parent in ('audit_events', 'audit_chain');
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
        if kept_whole then
            execute format('grant delete on %I to current_user', parent || '_default');
            perform set_config('usher.moves', parent, true);
        end if;
        execute format(
            'with moved as (delete from %I where created_at >= %L and created_at < %L returning *) insert into %I select * from moved',
            parent || '_default', lowest, beyond, part);
        if kept_whole then
            perform set_config('usher.moves', '', true);
            execute format('revoke delete on %I from current_user', parent || '_default');
            execute format('revoke update, delete, truncate on %I from current_user', part);
            execute format('create trigger kept_whole before truncate on %I for each statement execute function usher_refuse()', part);
        end if;
        execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, part, lowest, beyond);
    end if;
    if ends <= today and obj_description(part::regclass, 'pg_class') is distinct from kept then
        execute format('comment on table %I is %L', part, kept);
    end if;
    return made;
end $$;

alter function usher_drop_month_partitions(text, date, integer) security definer;

-- Drops what is too old of the audit log, and notes where the chain begins from here on.
create function usher_drop_audit_months(today date, months integer) returns text[]
    language plpgsql security definer set lock_timeout = '500ms' as $$
declare
    part text;
    link record;
    ends jsonb := '{}';
    gone text[];
    start record;
begin
    perform from audit_head for update;
    for part in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'audit_chain'::regclass loop
        execute format('select seq, hash from %I order by seq desc limit 1', part) into link;
        if link.seq is not null then
            ends := ends || jsonb_build_object(part, jsonb_build_array(link.seq, encode(link.hash, 'hex')));
        end if;
    end loop;
    gone := usher_drop_month_partitions('audit_events', today, months) || usher_drop_month_partitions('audit_origins', today, months)
        || usher_drop_month_partitions('audit_chain', today, months);
    if cardinality(gone) > 0 then
        select seq, hash into start from (
            select (ends -> d ->> 0)::bigint as seq, decode(ends -> d ->> 1, 'hex') as hash from unnest(gone) d where ends ? d
            union all (select seq, hash from audit_anchors order by id desc limit 1)) a
        order by seq desc limit 1;
        insert into audit_anchors (created_at, dropped, seq, hash) values (now(), gone, start.seq, start.hash);
    end if;
    return gone;
end $$;

-- Functions that run with their owner's rights look names up in this schema only, and nobody else may call them.
do $$
declare
    f regprocedure;
begin
    foreach f in array array['usher_make_month_partition(text, date, date)', 'usher_drop_month_partitions(text, date, integer)',
        'usher_drop_audit_months(date, integer)']::regprocedure[]
    loop
        execute format('alter function %s set search_path = %I, pg_temp', f, current_schema());
        execute format('revoke execute on function %s from public', f);
    end loop;
end $$;
