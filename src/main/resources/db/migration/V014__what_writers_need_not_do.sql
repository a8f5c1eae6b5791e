-- The trigrams of new search texts wait in a list until somebody sorts them into the index (PostgreSQL's documentation, "GIN Fast Update
-- Technique"), and whoever made it 4 MB long had to: a quarter of what an imported user cost, and 70 ms of a registration now and then. A job
-- does it now each second. Only where none runs, or an import is faster than it, do writers at eight times that length, in kB here.
alter index users_search_trgm set (gin_pending_list_limit = 32768);

-- With the rights of the index's owner, as PostgreSQL asks for them. Answers how many pages of the list were sorted in.
create function usher_sort_search() returns bigint language sql volatile security definer as $$
    select gin_clean_pending_list('users_search_trgm'::regclass)
$$;

do $$
begin
    execute format('alter function usher_sort_search() set search_path = %I, pg_temp', current_schema());
end $$;

-- One index of events by their time is enough, the primary key: whoever looks an event up by its id knows when it was.
drop index audit_events_by_time;
alter table audit_events drop constraint audit_events_pkey, add primary key (created_at, id);

-- One b-tree for each text that is sorted or searched by its beginning, in the order of bytes, where there were two: every write of a user pays for
-- all of them. Equality uses indexes of text_pattern_ops, too. During a rolling upgrade old replicas sort by name and by e-mail address without one.
drop index users_email_prefix;
alter table users drop constraint users_email_key;
create unique index users_email_key on users (email text_pattern_ops);
-- Unique indexes are asked in the order in which they were made, and the first that refuses a row is the one that is told of.
alter table users drop constraint users_v1_id_key;
alter table users add constraint users_v1_id_key unique (v1_id);

drop index users_username_prefix;
drop index users_username_key;
create unique index users_username_key on users (lower(username) text_pattern_ops);

drop index users_name_prefix;
drop index users_by_name;
create index users_by_name on users (lower(coalesce(name, '')) collate "C", id);
