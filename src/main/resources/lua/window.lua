-- A sliding window, approximated by two fixed ones: what was done in the last window counts for the part of it that still shows.
-- SlidingWindow.java is the same arithmetic; all of it is exact, in whole numbers. The state is "index current previous".
local function take(key, quota, window, now)
  local index = math.floor(now / window)
  local elapsed = now - index * window
  local current, previous = 0, 0
  local state = redis.call('GET', key)
  if state then
    local i, c, p = string.match(state, '^(%d+) (%d+) (%d+)$')
    if tonumber(i) == index then
      current, previous = tonumber(c), tonumber(p)
    elseif tonumber(i) == index - 1 then
      previous = tonumber(c)
    end
  end
  local used = current * window + previous * (window - elapsed)
  local missing = used + window - quota * window
  if missing <= 0 then
    redis.call('SET', key, string.format('%.0f %.0f %.0f', index, current + 1, previous), 'PX', string.format('%.0f', 2 * window))
    return 1, math.floor(-missing / window), window - elapsed, 0
  end
  local retry
  if current + 1 <= quota then
    retry = math.ceil(missing / previous)
  else
    retry = window - elapsed + math.max(0, math.ceil((current + 1 - quota) * window / current))
  end
  return 0, math.max(0, math.floor((window - missing) / window)), window - elapsed, retry
end
