-- Sealing looks a few thousand events up by their key, whatever the planner believes of the tables: after a large import these can hold a hundred
-- thousand rows where the last ANALYZE saw none, and each event would then be looked for by reading all of them, until a time-out, again and again.
alter function usher_seal_audit(integer) set enable_seqscan = off;
alter function usher_seal_audit(integer) set enable_hashjoin = off;
alter function usher_seal_audit(integer) set enable_mergejoin = off;
