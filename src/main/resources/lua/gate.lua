-- All that a request asks of Redis: may its user go on, how is its session, what does the user look like.
-- KEYS: generation, state of session or key, view, counter.
-- ARGV: quota (0: no limit), window in milliseconds, a generation to begin with where there is none, how long that one lives,
-- '1' where the entries may be believed.
-- Answers: allowed, remaining, milliseconds to the window's end, to a retry, generation, state of session or key, view.
local allowed, remaining, reset, retry = 1, 0, 0, 0
if ARGV[1] ~= '0' then
  allowed, remaining, reset, retry = take(KEYS[4], tonumber(ARGV[1]), tonumber(ARGV[2]), now())
end
if allowed == 0 then
  return { 0, remaining, reset, retry, false, false, false }
end

local found = redis.call('MGET', KEYS[1], KEYS[2], KEYS[3])
local generation = found[1]
if not generation then
  redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[4])
  generation = ARGV[3]
end
-- A write on the user is under way: what is cached is void, and nobody caches.
if string.sub(generation, 1, 1) == '!' then
  return { 1, remaining, reset, retry, false, false, false }
end

local function current(entry)
  local tag = generation .. '\n'
  return ARGV[5] == '1' and entry and string.sub(entry, 1, #tag) == tag and string.sub(entry, #tag + 1)
end

return { 1, remaining, reset, retry, generation, current(found[2]), current(found[3]) }
