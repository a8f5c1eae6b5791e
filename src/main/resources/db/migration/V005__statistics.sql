-- What statistics of all users are read from, so that nobody has to count a million rows (docs/decisions, statistics).

-- How many users that are not deleted were created on a day (UTC), by what they are now, and the credits that they have together.
create table user_totals (
    day         date not null,
    user_type   text not null,
    status      text not null,
    lead_status text not null,
    users       bigint not null,
    credits     numeric not null,
    primary key (day, user_type, status, lead_status)
);

-- What is to be added to them. Writers append, each statement its own rows, so that none waits for another; the service adds them up.
create table user_total_changes (
    id          bigint generated always as identity primary key,
    day         date not null,
    user_type   text not null,
    status      text not null,
    lead_status text not null,
    users       bigint not null,
    credits     numeric not null
);

create function usher_note_user_totals() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into user_total_changes (day, user_type, status, lead_status, users, credits)
        select (created_at at time zone 'UTC')::date, user_type, status, coalesce(lead_status, 'none'), count(*), sum(credits)
        from new_rows where deleted_at is null group by 1, 2, 3, 4;
    elsif tg_op = 'DELETE' then
        insert into user_total_changes (day, user_type, status, lead_status, users, credits)
        select (created_at at time zone 'UTC')::date, user_type, status, coalesce(lead_status, 'none'), -count(*), -sum(credits)
        from old_rows where deleted_at is null group by 1, 2, 3, 4;
    else
        insert into user_total_changes (day, user_type, status, lead_status, users, credits)
        select (created_at at time zone 'UTC')::date, user_type, status, coalesce(lead_status, 'none'), sum(sign), sum(sign * credits)
        from (
            select 1 as sign, created_at, user_type, status, lead_status, credits from new_rows where deleted_at is null
            union all
            select -1, created_at, user_type, status, lead_status, credits from old_rows where deleted_at is null
        ) c group by 1, 2, 3, 4 having sum(sign) <> 0 or sum(sign * credits) <> 0;
    end if;
    return null;
end $$;

create trigger users_totals_on_insert after insert on users
    referencing new table as new_rows for each statement execute function usher_note_user_totals();

create trigger users_totals_on_update after update on users
    referencing old table as old_rows new table as new_rows for each statement execute function usher_note_user_totals();

create trigger users_totals_on_delete after delete on users
    referencing old table as old_rows for each statement execute function usher_note_user_totals();

-- The triggers' locks keep writers out until this is committed: nothing is missed, and nothing counted twice.
insert into user_totals (day, user_type, status, lead_status, users, credits)
select (created_at at time zone 'UTC')::date, user_type, status, coalesce(lead_status, 'none'), count(*), sum(credits)
from users where deleted_at is null group by 1, 2, 3, 4;

-- The quotas whose window runs. It moves once a window; what is used stays out of it, so that taking from a quota writes no index.
create index user_quotas_by_window on user_quotas (resource, coalesce(type, ''), window_start);

-- The few users that are left out where rows of many are counted.
create index users_deleted on users (id) where deleted_at is not null;
