-- A write on the user has ended: what was cached before is void. Where others are under way, the last of them begins a new generation.
-- KEYS: generation. ARGV: the write, a generation to begin with, how long that one lives, in milliseconds.
local time = now()
local writes, ends = others(redis.call('GET', KEYS[1]), ARGV[1], time)
if writes == '' then
  redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
else
  redis.call('SET', KEYS[1], writes, 'PX', string.format('%.0f', ends - time))
end
return true
