-- B's credits, with their times. One transaction; run again, it adds what is not there yet. A balance stays the sum of its ledger, and never
-- below zero at any row of it: where B's own ledger was, this ends with an error and has written nothing.
begin;

do $$
declare
    faults text;
begin
    select string_agg(s.source_id || ' (' || case when u.id is null then 'no user ' || s.email else 'not storable' end || ')', ', '
            order by s.source_id)
    into faults
    from coming_from.b_credits s
    left join users u on u.email = lower(btrim(s.email)) and u.anonymized_at is null
    where not exists (select from credit_transactions c where c.id = md5('b.credits:' || s.source_id)::uuid)
        and (u.id is null or s.amount = 0 or abs(s.amount) > 1000000000000 or btrim(s.reason) = '' or length(s.reason) > 500
            or length(s.reference) > 200);
    if faults is not null then
        raise exception 'b_credits: %', faults;
    end if;
end $$;

-- Whoever spends meanwhile comes before, and is counted, or after.
select count(*) from (
    select from users where email in (select lower(btrim(email)) from coming_from.b_credits) order by id for update) locked;

-- After what the ledger has already, in the order of B's times: balances follow from one another in the order of the rows.
with added as (
    insert into credit_transactions (id, user_id, amount, balance_after, reason, reference, created_at)
    select n.id, n.user_id, n.amount,
        n.credits + sum(n.amount) over (partition by n.user_id order by n.created_at, n.source_id rows unbounded preceding),
        n.reason, n.reference, date_trunc('milliseconds', n.created_at)
    from (
        select md5('b.credits:' || s.source_id)::uuid as id, u.id as user_id, u.credits, s.*
        from coming_from.b_credits s
        join users u on u.email = lower(btrim(s.email)) and u.anonymized_at is null
        where not exists (select from credit_transactions c where c.id = md5('b.credits:' || s.source_id)::uuid)
    ) n
    order by n.user_id, n.created_at, n.source_id
    returning id, user_id, amount, balance_after
), changed as (
    update users u set credits = u.credits + a.amount
    from (select user_id, sum(amount) as amount from added group by user_id) a
    where u.id = a.user_id
)
-- As the service records a grant, by nobody in person.
insert into audit_events (id, created_at, action, actor_type, target_id, subject, changes)
select uuidv7(), date_trunc('milliseconds', now()), 'credits.grant', 'system', user_id, id::text,
    json_build_array(
        json_build_object('field', 'amount', 'old', null, 'new', amount),
        json_build_object('field', 'balance', 'old', balance_after - amount, 'new', balance_after))::text
from added;

commit;
