-- The writes on a user that are under way besides this one, and when the time of the last is over: who died in one is not waited for.
local function others(present, write, time)
  local writes, last = '', 0
  for name, ends in string.gmatch(present or '', '!([^!@]+)@(%d+)') do
    if name ~= write and tonumber(ends) > time then
      writes = writes .. '!' .. name .. '@' .. ends
      last = math.max(last, tonumber(ends))
    end
  end
  return writes, last
end
