-- Stores what a user wants to be seen as. Redis 6.2, one key.
-- KEYS[1] the user's hash. ARGV: preference (first letter o, a or i), now (ms), keep-for (ms).
-- Reply: {auto, seen, pref} after the change.
local state = redis.call('HMGET', KEYS[1], 'auto', 'seen', 'pref')
local auto, seen, pref = state[1] or '-', state[2] or '0', state[3] or 'o'
local wasHidden, hides = string.sub(pref, 1, 1) == 'i', string.sub(ARGV[1], 1, 1) == 'i'
if hides and not wasHidden and (auto == 'o' or auto == 'a') then
  seen = ARGV[2]
  redis.call('HSET', KEYS[1], 'seen', seen)
end
redis.call('HSET', KEYS[1], 'pref', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return { auto, seen, ARGV[1] }
