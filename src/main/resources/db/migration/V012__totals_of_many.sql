-- What a statement changed in users, told without joining what they were to what they are: the plan of a trigger's statement is kept for a
-- connection, and one made for single rows compared each of ten thousand with all others, which took longer than a statement may.
create or replace function usher_note_changed_users() returns trigger language plpgsql as $$
begin
    with changed as materialized (
        select id, day, user_type, status, lead_status, sum(sign) as users, sum(sign * credits) as credits
        from (
            select 1 as sign, id, (created_at at time zone 'UTC')::date as day, user_type, status,
                coalesce(lead_status, 'none') as lead_status, credits
            from new_rows where deleted_at is null
            union all
            select -1, id, (created_at at time zone 'UTC')::date, user_type, status, coalesce(lead_status, 'none'), credits
            from old_rows where deleted_at is null
        ) c group by 1, 2, 3, 4, 5 having sum(sign) <> 0 or sum(sign * credits) <> 0
    ), everybodys as (
        insert into user_total_changes (day, user_type, status, lead_status, users, credits)
        select day, user_type, status, lead_status, sum(users), sum(credits) from changed
        group by 1, 2, 3, 4 having sum(users) <> 0 or sum(credits) <> 0
    )
    insert into admin_total_changes (admin_id, day, user_type, status, lead_status, users, credits)
    select l.admin_id, c.day, c.user_type, c.status, c.lead_status, sum(c.users), sum(c.credits)
    from changed c join user_admins l on l.user_id = c.id
    group by 1, 2, 3, 4, 5 having sum(c.users) <> 0 or sum(c.credits) <> 0;
    return null;
end $$;
