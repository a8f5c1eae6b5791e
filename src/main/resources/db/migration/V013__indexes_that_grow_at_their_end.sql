-- What an index costs each new row, against what it gives. An e-mail address is unique, so that the index which says so also sorts by it; and those
-- who are not deleted are counted by totals (migration V005), not by an index.
drop index users_by_email;
drop index users_live;

-- Events come in the order of their time. An index that runs the same way grows at its end, and one that runs the other way splits its pages in the
-- middle; the newest first are read backwards. A fifth of what an event costs.
drop index audit_events_by_time;
drop index audit_events_by_actor;
drop index audit_events_by_target;
drop index audit_events_by_action;
create index audit_events_by_time on audit_events (created_at, id);
create index audit_events_by_actor on audit_events (actor_id, created_at, id);
create index audit_events_by_target on audit_events (target_id, created_at, id);
create index audit_events_by_action on audit_events (action, created_at, id);
