-- When a managed user was created, beside the link to it: the newest of an admin's users are then the first entries of an index, where they were
-- looked for among all links, or among everybody's users. Written by triggers alone, for replicas of the version before write links as well.

alter table user_admins add column user_created_at timestamptz;

update user_admins l set user_created_at = u.created_at from users u where u.id = l.user_id;

create index user_admins_by_admin on user_admins (admin_id, user_created_at desc, user_id desc);

-- The lock is the one that usher_note_links takes anyway: whoever changes the user comes before, and is seen, or after, and sees the link.
create function usher_date_link() returns trigger language plpgsql as $$
begin
    select created_at into new.user_created_at from users where id = new.user_id for no key update;
    return new;
end $$;

create trigger user_admins_dated before insert on user_admins
    for each row execute function usher_date_link();

-- Imports may change when a user was created.
create function usher_date_links() returns trigger language plpgsql as $$
begin
    update user_admins set user_created_at = new.created_at where user_id = new.id;
    return null;
end $$;

create trigger users_links_dated after update of created_at on users
    for each row when (old.created_at is distinct from new.created_at) execute function usher_date_links();
