-- C's generation ledger, with its times and addresses. One transaction; run again, it adds what is not there yet. No quota is charged.
begin;

do $$
declare
    faults text;
begin
    select string_agg(s.source_id || ' (' || case when u.id is null then 'no user ' || s.email else 'not storable' end || ')', ', '
            order by s.source_id)
    into faults
    from coming_from.c_generations s
    left join users u on u.email = lower(btrim(s.email)) and u.anonymized_at is null
    where not exists (select from generations g where g.id = md5('c.generations:' || s.source_id)::uuid)
        and (u.id is null or s.type !~ '^[a-z][a-z0-9_-]{0,49}$' or s.cost < 1 or s.status not in ('pending', 'completed', 'failed')
            or length(s.prompt) > 20000 or length(s.model) > 200 or jsonb_typeof(s.metadata) <> 'object'
            or octet_length(s.metadata::text) > 65536);
    if faults is not null then
        raise exception 'c_generations: %', faults;
    end if;
end $$;

-- What was still pending has failed: nobody ends it here any more, and nothing goes back into a quota that was never charged.
insert into generations (id, user_id, type, prompt, model, metadata, cost, status, media_url, error, ip_address,
    window_start, window_round, refunded, created_at, completed_at)
select md5('c.generations:' || s.source_id)::uuid, u.id, s.type, s.prompt, s.model, s.metadata, s.cost,
    case s.status when 'pending' then 'failed' else s.status end, s.media_url,
    case s.status when 'pending' then coalesce(s.error, 'It had not ended when it was moved.') else s.error end, s.ip_address,
    date_trunc('day', s.created_at, 'UTC'), 0, false, date_trunc('milliseconds', s.created_at),
    date_trunc('milliseconds', case s.status when 'pending' then coalesce(s.completed_at, now()) else s.completed_at end)
from coming_from.c_generations s
join users u on u.email = lower(btrim(s.email)) and u.anonymized_at is null
order by s.created_at, s.source_id
on conflict (id) do nothing;

commit;
