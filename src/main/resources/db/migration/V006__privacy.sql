-- Users that were anonymised (docs/decisions, personal data), and how the little is found that rows of others say of them.

-- Since when nobody can tell who it was; null for everybody else.
alter table users add column anonymized_at timestamptz;

-- For good: nothing personal comes back, whoever writes it.
alter table users add constraint users_anonymized_for_good check (anonymized_at is null or (
    status = 'inactive' and deleted_at is not null and not super_admin and not email_verified
    and email = 'anon_' || id || '_' || floor(extract(epoch from anonymized_at)) || '@anon.invalid'
    and coalesce(password_hash, username, requested_username, name, friendly_name, notification_email, phone, address, city, state, zip_code,
        country, business_site, business_type, lead_status, notes) is null
    and additional_websites = '{}'));

-- Activities that an admin made for somebody else have the admin's address.
create index user_activities_by_actor on user_activities ((details ->> 'actorId')) where details ->> 'actorId' is not null;

-- Who worked as whom. Those that came from V1 say it with names and addresses.
create index user_activities_switches on user_activities (created_at) where activity_type = 'user_switch';

-- The document with every text that is one of the names, in lower case, blotted out; keys and longer texts stay.
create function usher_blotted(document jsonb, names text[]) returns jsonb language sql immutable as $$
    select case jsonb_typeof(document)
        when 'string' then case when lower(document #>> '{}') = any (names) then '"[erased]"'::jsonb else document end
        when 'object' then (select coalesce(jsonb_object_agg(key, usher_blotted(value, names)), '{}') from jsonb_each(document))
        when 'array' then (
            select coalesce(jsonb_agg(usher_blotted(value, names) order by place), '[]')
            from jsonb_array_elements(document) with ordinality as a (value, place))
        else document
    end
$$;
