-- A write on the user begins: nothing is cached until it and all others have ended, or their time is over. What is under way stands in the
-- generation's place, each write as "!name@until", in milliseconds.
-- KEYS: generation. ARGV: the write, how long it counts at most, in milliseconds. Asked twice, it is as asked once.
local time = now()
local ends = time + tonumber(ARGV[2])
local writes = others(redis.call('GET', KEYS[1]), ARGV[1], time)
redis.call('SET', KEYS[1], writes .. '!' .. ARGV[1] .. '@' .. string.format('%.0f', ends), 'PX', ARGV[2])
return true
