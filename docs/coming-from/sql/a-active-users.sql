-- Whom A's users worked as. One transaction; run again, it changes nothing: who works as somebody by now, goes on doing so.
begin;

do $$
declare
    faults text;
begin
    select string_agg(s.owner_email || ' as ' || s.user_email || ' (' || case
            when o.id is null or u.id is null then 'no such user' when o.user_type <> 'admin' then 'no admin' else 'not its user' end || ')', ', '
            order by s.owner_email)
    into faults
    from coming_from.a_active_users s
    left join users o on o.email = lower(btrim(s.owner_email)) and o.anonymized_at is null
    left join users u on u.email = lower(btrim(s.user_email)) and u.anonymized_at is null and u.deleted_at is null
    where o.id is null or u.id is null or o.user_type <> 'admin'
        or not (o.super_admin or exists (select from user_admins l where l.admin_id = o.id and l.user_id = u.id));
    if faults is not null then
        raise exception 'a_active_users: %', faults;
    end if;
end $$;

insert into active_users (owner_id, user_id, created_at, updated_at)
select o.id, u.id, date_trunc('milliseconds', s.created_at), date_trunc('milliseconds', s.created_at)
from coming_from.a_active_users s
join users o on o.email = lower(btrim(s.owner_email))
join users u on u.email = lower(btrim(s.user_email))
order by o.id
on conflict (owner_id) do nothing;

commit;
