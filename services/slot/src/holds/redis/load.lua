-- Loads a day, or more of it. See load.rs.

local epoch, rebuilding, days, marks, seats, closed, compared = unpack(KEYS)
local begun, lead, day_name, expires_at, packed, who, bound, digest = unpack(ARGV, 1, 8)
local KEPT = 8

if not is_ours(epoch, rebuilding, begun, lead) then
  return {'lost', 0}
end
if packed ~= '' then
  open_day(days, marks, seats, day_name, expires_at)
  redis.call('SETRANGE', marks, '0', packed)
end
for at = KEPT + 1, #ARGV, 2 do
  local is_closed = string.sub(ARGV[at + 1], 1, 1) == 'c'
  redis.call('HSET', is_closed and closed or seats, ARGV[at], ARGV[at + 1])
end
redis.call('PEXPIREAT', closed, expires_at)
local at, til = 1, struct.pack('<I8', tonumber(expires_at))
while at <= #bound do
  local person, booking, group, next_at = struct.unpack('<c16c16Bc0', bound, at)
  redis.call('SET', who .. person .. group, booking .. til, 'PXAT', expires_at)
  at = next_at
end
if digest ~= '' then
  redis.call('HSET', compared, day_name, digest)
end
return {'done', 0}
