-- KEYS: the counter. ARGV: quota, window in milliseconds. Answers: allowed, remaining, milliseconds to the window's end, to a retry.
return { take(KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2]), now()) }
