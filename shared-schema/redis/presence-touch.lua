-- Applies lease changes of many users of one shard and reports whose state changed. Redis 6.2, one slot ({pres:N} tag).
-- KEYS[1] due zset; KEYS[2..] one hash per user. ARGV[1] now (ms), ARGV[2] keep-for (ms),
-- then per user: member of the zset, number of changes, and per change: device field, letter, expiresAt.
-- Letter: o online, a away, i invisible, - close at expiresAt. A user without changes is only pruned.
-- Hash fields: "d:DEVICE" = letter .. expiresAt; "auto" = merged letter ('-' none); "seen" = last seen (ms);
-- "pref" = preference as set by the user, first letter o, a or i.
-- Reply: per changed user {index, auto, seen, pref}.
local now, keep = tonumber(ARGV[1]), tonumber(ARGV[2])
local rank = { o = 3, a = 2, i = 1, ['-'] = 0 }
local changed, at = {}, 3
for user = 2, #KEYS do
  local key, member, count = KEYS[user], ARGV[at], tonumber(ARGV[at + 1])
  at = at + 2
  for _ = 1, count do
    local field, letter, expires = 'd:' .. ARGV[at], ARGV[at + 1], ARGV[at + 2]
    at = at + 3
    if letter == '-' then
      local old = redis.call('HGET', key, field)
      if old and tonumber(string.sub(old, 2)) > tonumber(expires) then
        redis.call('HSET', key, field, string.sub(old, 1, 1) .. expires)
      end
    else
      redis.call('HSET', key, field, letter .. expires)
    end
  end
  local all = redis.call('HGETALL', key)
  local auto, was, seen, pref, due = '-', '-', '0', 'o', nil
  for i = 1, #all, 2 do
    local field, value = all[i], all[i + 1]
    if string.sub(field, 1, 2) == 'd:' then
      local letter, expires = string.sub(value, 1, 1), tonumber(string.sub(value, 2))
      if expires <= now then
        redis.call('HDEL', key, field)
      else
        if rank[letter] > rank[auto] then auto = letter end
        if not due or expires < due then due = expires end
      end
    elseif field == 'auto' then was = value
    elseif field == 'seen' then seen = value
    elseif field == 'pref' then pref = value
    end
  end
  if due then redis.call('ZADD', KEYS[1], due, member) else redis.call('ZREM', KEYS[1], member) end
  if auto ~= was then
    -- Somebody invisible was last seen when they became so: coming and going later must not show.
    if rank[auto] < 2 and rank[was] >= 2 and string.sub(pref, 1, 1) ~= 'i' then
      seen = tostring(now)
      redis.call('HSET', key, 'seen', seen)
    end
    redis.call('HSET', key, 'auto', auto)
    changed[#changed + 1] = { user - 2, auto, seen, pref }
  end
  if #all > 0 then redis.call('PEXPIRE', key, keep) end
end
return changed
