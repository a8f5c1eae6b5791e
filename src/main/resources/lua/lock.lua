-- A write on the user begins: nothing is cached until it and all others have ended.
-- KEYS: generation. ARGV: the write, how long it counts at most, in milliseconds. Asked twice, it is as asked once.
local present = redis.call('GET', KEYS[1])
local locks = present and string.sub(present, 1, 1) == '!' and present or ''
redis.call('SET', KEYS[1], locks .. '!' .. ARGV[1], 'PX', ARGV[2])
return true
