-- A's scraped content, with its times and checksums. One transaction; run again, it adds what is not there yet.
begin;

-- Nothing is left out in silence. What is there already is not asked for its user, who may have another address by now.
do $$
declare
    faults text;
begin
    select string_agg(s.source_id || ' (' || case when u.id is null then 'no user ' || s.email else 'not storable' end || ')', ', '
            order by s.source_id)
    into faults
    from coming_from.a_scraped_contents s
    left join users u on u.email = lower(btrim(s.email)) and u.anonymized_at is null
    where not exists (select from scraped_contents c where c.id = md5('a.scraped_contents:' || s.source_id)::uuid)
        and (u.id is null or jsonb_typeof(s.content) <> 'object' or octet_length(s.content::text) > 1048576
            or btrim(s.content_type) = '' or length(s.content_type) > 100 or length(s.source_url) > 2048
            or s.checksum !~ '^[!-~]{1,128}$');
    if faults is not null then
        raise exception 'a_scraped_contents: %', faults;
    end if;
end $$;

-- Without a checksum of its own, a content gets one that the service would not compute: the next time it is stored, it counts as changed once.
insert into scraped_contents (id, user_id, content_type, source_url, content, checksum, created_at)
select md5('a.scraped_contents:' || s.source_id)::uuid, u.id, btrim(s.content_type), nullif(btrim(s.source_url), ''), s.content,
    coalesce(s.checksum, encode(sha256(convert_to(s.content::text, 'UTF8')), 'hex')), date_trunc('milliseconds', s.created_at)
from coming_from.a_scraped_contents s
join users u on u.email = lower(btrim(s.email)) and u.anonymized_at is null
order by s.created_at, s.source_id
on conflict (id) do nothing;

commit;
