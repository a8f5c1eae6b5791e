-- What an admin's statistics are read from, so that nobody has to count a hundred thousand users (docs/decisions, statistics): as user_totals, but
-- of the users that each admin manages. No foreign keys: they would have every writer lock the rows of the admins that manage whom it writes.

create table admin_totals (
    admin_id    uuid not null,
    day         date not null,
    user_type   text not null,
    status      text not null,
    lead_status text not null,
    users       bigint not null,
    credits     numeric not null,
    primary key (admin_id, day, user_type, status, lead_status)
);

create table admin_total_changes (
    id          bigint generated always as identity primary key,
    admin_id    uuid not null,
    day         date not null,
    user_type   text not null,
    status      text not null,
    lead_status text not null,
    users       bigint not null,
    credits     numeric not null
);

create index admin_total_changes_by_admin on admin_total_changes (admin_id);

-- Links that were made or cut. Locking the users keeps links and changes of the same user in a row: a link notes the user as it is after every
-- change that did not see the link, and before every change that will. An admin that is being deleted takes its totals along.
create function usher_note_links() returns trigger language plpgsql as $$
begin
    with noted as (
        select l.admin_id, u.created_at, u.user_type, u.status, u.lead_status, u.credits, u.deleted_at
        from links l join users u on u.id = l.user_id
        where exists (select from users a where a.id = l.admin_id)
        order by u.id for no key update of u
    )
    insert into admin_total_changes (admin_id, day, user_type, status, lead_status, users, credits)
    select admin_id, (created_at at time zone 'UTC')::date, user_type, status, coalesce(lead_status, 'none'),
        case tg_op when 'INSERT' then count(*) else -count(*) end,
        case tg_op when 'INSERT' then sum(credits) else -sum(credits) end
    from noted where deleted_at is null group by 1, 2, 3, 4, 5;
    return null;
end $$;

create trigger user_admins_totals_on_insert after insert on user_admins
    referencing new table as links for each statement execute function usher_note_links();

create trigger user_admins_totals_on_delete after delete on user_admins
    referencing old table as links for each statement execute function usher_note_links();

-- Users that changed, for everybody and for the admins that manage them. New users have no admins but by links that come after them.
create function usher_note_changed_users() returns trigger language plpgsql as $$
begin
    with changed as materialized (
        select n.id, c.sign, (c.created_at at time zone 'UTC')::date as day, c.user_type, c.status,
            coalesce(c.lead_status, 'none') as lead_status, c.sign * c.credits as credits
        from new_rows n join old_rows o on o.id = n.id
        cross join lateral (values
            (1, n.created_at, n.user_type, n.status, n.lead_status, n.credits, n.deleted_at),
            (-1, o.created_at, o.user_type, o.status, o.lead_status, o.credits, o.deleted_at)
        ) as c (sign, created_at, user_type, status, lead_status, credits, deleted_at)
        where c.deleted_at is null
            and (n.created_at, n.user_type, n.status, n.lead_status, n.credits, n.deleted_at)
                is distinct from (o.created_at, o.user_type, o.status, o.lead_status, o.credits, o.deleted_at)
    ), everybodys as (
        insert into user_total_changes (day, user_type, status, lead_status, users, credits)
        select day, user_type, status, lead_status, sum(sign), sum(credits) from changed
        group by 1, 2, 3, 4 having sum(sign) <> 0 or sum(credits) <> 0
    )
    insert into admin_total_changes (admin_id, day, user_type, status, lead_status, users, credits)
    select l.admin_id, c.day, c.user_type, c.status, c.lead_status, sum(c.sign), sum(c.credits)
    from changed c join user_admins l on l.user_id = c.id
    group by 1, 2, 3, 4, 5 having sum(c.sign) <> 0 or sum(c.credits) <> 0;
    return null;
end $$;

drop trigger users_totals_on_update on users;

create trigger users_totals_on_update after update on users
    referencing old table as old_rows new table as new_rows for each statement execute function usher_note_changed_users();

create or replace function usher_note_user_totals() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into user_total_changes (day, user_type, status, lead_status, users, credits)
        select (created_at at time zone 'UTC')::date, user_type, status, coalesce(lead_status, 'none'), count(*), sum(credits)
        from new_rows where deleted_at is null group by 1, 2, 3, 4;
    else
        insert into user_total_changes (day, user_type, status, lead_status, users, credits)
        select (created_at at time zone 'UTC')::date, user_type, status, coalesce(lead_status, 'none'), -count(*), -sum(credits)
        from old_rows where deleted_at is null group by 1, 2, 3, 4;
    end if;
    return null;
end $$;

-- An admin's link to itself, made and cut before its row changes: the change is then noted like everybody else's.
create function usher_admin_begins_or_ends() returns trigger language plpgsql as $$
begin
    if new.user_type = 'admin' then
        insert into user_admins (admin_id, user_id) values (new.id, new.id) on conflict do nothing;
    else
        delete from user_admins where admin_id = new.id;
    end if;
    return new;
end $$;

drop trigger users_admin_manages_itself_on_update on users;

create trigger users_admin_manages_itself_on_update
    before update of user_type on users for each row when (old.user_type is distinct from new.user_type)
    execute function usher_admin_begins_or_ends();

-- A user's links are cut while it is still there to be taken off its admins' totals; a cascade would come too late. Its own totals go with it.
create function usher_cut_links() returns trigger language plpgsql as $$
begin
    delete from user_admins where user_id = old.id;
    delete from admin_totals where admin_id = old.id;
    delete from admin_total_changes where admin_id = old.id;
    return old;
end $$;

create trigger users_links_on_delete before delete on users for each row execute function usher_cut_links();

-- The triggers' locks keep writers out until this is committed: nothing is missed, and nothing counted twice.
insert into admin_totals (admin_id, day, user_type, status, lead_status, users, credits)
select l.admin_id, (u.created_at at time zone 'UTC')::date, u.user_type, u.status, coalesce(u.lead_status, 'none'), count(*), sum(u.credits)
from user_admins l join users u on u.id = l.user_id where u.deleted_at is null group by 1, 2, 3, 4, 5;

-- They write with the rights of the tables' owner: a service that logs in as somebody else has none on new tables before it is given them.
do $$
declare
    f regprocedure;
begin
    foreach f in array array['usher_note_links()', 'usher_note_changed_users()', 'usher_note_user_totals()', 'usher_cut_links()']::regprocedure[] loop
        execute format('alter function %s security definer set search_path = %I, pg_temp', f, current_schema());
    end loop;
end $$;
