-- Who invited whom in C: from here on, who manages whom. One transaction; run again, it links who is not linked, also whom somebody has cut off since.
begin;

do $$
declare
    faults text;
begin
    select string_agg(s.admin_email || ' of ' || s.user_email || ' (' || case
            when a.id is null or u.id is null then 'no such user' else 'no admin' end || ')', ', ' order by s.admin_email, s.user_email)
    into faults
    from coming_from.c_invitations s
    left join users a on a.email = lower(btrim(s.admin_email)) and a.anonymized_at is null
    left join users u on u.email = lower(btrim(s.user_email)) and u.anonymized_at is null
    where a.id is null or u.id is null or a.user_type <> 'admin';
    if faults is not null then
        raise exception 'c_invitations: %', faults;
    end if;
end $$;

-- As the service links: the users are locked first, in one order.
select count(*) from (
    select from users where email in (select lower(btrim(user_email)) from coming_from.c_invitations) order by id for update) locked;

with linked as (
    insert into user_admins (admin_id, user_id, created_at)
    select a.id, u.id, date_trunc('milliseconds', s.created_at)
    from coming_from.c_invitations s
    join users a on a.email = lower(btrim(s.admin_email))
    join users u on u.email = lower(btrim(s.user_email))
    order by u.id, a.id
    on conflict do nothing
    returning admin_id, user_id
)
insert into audit_events (id, created_at, action, actor_type, target_id, subject, changes)
select uuidv7(), date_trunc('milliseconds', now()), 'user.link', 'system', user_id, admin_id::text, '[]' from linked;

commit;
