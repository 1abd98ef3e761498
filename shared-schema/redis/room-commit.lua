-- Changes a room's live state when nobody changed it since it was read. Redis 6.2, two keys in one slot.
-- KEYS: the room's hash, the list of its newest events.
-- ARGV: revision that was read ('0' = there was none), keep-for (ms), events to keep,
--   number of fields to set, field, value, …, number of fields to remove, field, …, event, …
-- Reply: 1, or 0 when the room has changed in the meantime.
if (redis.call('HGET', KEYS[1], 'rev') or '0') ~= ARGV[1] then
  return 0
end
local at = 4
local sets = tonumber(ARGV[at])
for _ = 1, sets do
  redis.call('HSET', KEYS[1], ARGV[at + 1], ARGV[at + 2])
  at = at + 2
end
at = at + 1
local removals = tonumber(ARGV[at])
for _ = 1, removals do
  at = at + 1
  redis.call('HDEL', KEYS[1], ARGV[at])
end
for i = at + 1, #ARGV do
  redis.call('RPUSH', KEYS[2], ARGV[i])
end
redis.call('LTRIM', KEYS[2], -tonumber(ARGV[3]), -1)
redis.call('HINCRBY', KEYS[1], 'rev', 1)
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[2])
return 1
