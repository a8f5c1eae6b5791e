-- Whom V1 files have brought (decision 175), so that a file that is sent again brings nobody back: neither who has another address now, nor who was
-- erased. A trace is the SHA-256 of a salt of this installation and the V1 id, which is the MD5 of the address. It leads to no user and to no address:
-- no key into users, no time, nothing but the answer to who asks with the address in hand.
create table v1_traces (
    trace bytea primary key,
    constraint v1_traces_sha256 check (length(trace) = 32)
);

-- 244 random bits of the server's generator (random UUIDs have six that are fixed).
create table v1_salt (
    one  boolean primary key default true check (one),
    salt bytea not null
);

insert into v1_salt (salt) values (sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));

-- Those who were migrated before: the audit log says who, and the user itself under which address, unless that has changed since or is erased. Events of
-- imported files name what the file had, its key, the address, among it, which they never change.
insert into v1_traces (trace)
select sha256((select salt from v1_salt) || decode(u.v1_id, 'hex')) as trace
from users u
where u.anonymized_at is null
    and exists (select from audit_events e where e.action = 'user.migrate' and e.target_id = u.id)
    and not exists (
        select from audit_events e, jsonb_array_elements(e.changes::jsonb) c
        where e.target_id = u.id and e.action <> 'user.import' and c ->> 'field' = 'email')
order by 1;
