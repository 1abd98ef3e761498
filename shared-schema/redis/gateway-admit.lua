-- Takes tokens from all buckets that apply to a request, or from none. Redis 6.2, one slot ({owner} tag).
-- KEYS[1] hash of buckets: NAME = tokens, NAME:t = when (ms). KEYS[2] revocation of the owner's sessions, if any.
-- ARGV[1] tokens to take from each (0 = only look), then per bucket: name, tokens per millisecond, burst.
-- Reply: {revoked before (ms, 0 = never), ms to wait (0 = granted), whole tokens left per bucket…}.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local cost = tonumber(ARGV[1])
local reply, tokens, wait, keep = { tonumber(redis.call('GET', KEYS[2]) or '0'), 0 }, {}, 0, 1000
for at = 2, #ARGV, 3 do
  local name, rate, burst = ARGV[at], tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  local known = redis.call('HMGET', KEYS[1], name, name .. ':t')
  local left = burst
  if known[1] then
    left = math.min(burst, tonumber(known[1]) + math.max(0, now - tonumber(known[2])) * rate)
  end
  if left < cost then wait = math.max(wait, math.ceil((cost - left) / rate)) end
  keep = math.max(keep, math.ceil(burst / rate) + 1000)
  tokens[#tokens + 1] = left
end
for i = 1, #tokens do
  local left = tokens[i]
  if cost > 0 and wait == 0 then
    left = left - cost
    local name = ARGV[3 * i - 1]
    redis.call('HSET', KEYS[1], name, string.format('%.6f', left), name .. ':t', now)
  end
  reply[i + 2] = math.floor(left)
end
if cost > 0 and wait == 0 then redis.call('PEXPIRE', KEYS[1], keep) end
reply[2] = wait
return reply
