-- A write on the user has ended: what was cached before is void. Where others are under way, the last of them begins a new generation.
-- KEYS: generation. ARGV: the write, a generation to begin with, how long that one lives, in milliseconds.
local others = ''
local present = redis.call('GET', KEYS[1])
if present and string.sub(present, 1, 1) == '!' then
  for write in string.gmatch(present, '[^!]+') do
    if write ~= ARGV[1] then
      others = others .. '!' .. write
    end
  end
end
if others == '' then
  redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
else
  redis.call('SET', KEYS[1], others, 'KEEPTTL')
end
return true
