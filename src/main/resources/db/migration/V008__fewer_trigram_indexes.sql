-- Needles in emails and names are found by the trigrams of search_text, which holds both: three such indexes took most of the time of writing
-- a user (docs/decisions, moving data).
drop index users_email_trgm;
drop index users_name_trgm;
