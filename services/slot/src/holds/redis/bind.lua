-- Binds people by their bookings, unless they are bound already. See reconcile.rs.

local seats, expected, day_expires_at = KEYS[2], ARGV[2], ARGV[3]
local BOUND_PEOPLE, BOOKINGS = 2, 3

if lost() then
  return {'lost', 0}
end
if (redis.call('HGET', seats, 'v') or '0') ~= expected then
  return {'changed', 0}
end
local time, bound = now(), 0
local all = redis.call('MGET', unpack(KEYS, BOUND_PEOPLE + 1))
for number, has in ipairs(all) do
  local who, booking = KEYS[BOUND_PEOPLE + number], ARGV[BOOKINGS + number]
  local _, til = struct.unpack(BOUND, has or string.rep('\0', BOUND_SIZE))
  if til <= time then
    local held, ends_at = held_by(has, time)
    local rest = held and string.sub(has, BOUND_SIZE + 1) or ''
    redis.call('SET', who, struct.pack(BOUND, booking, tonumber(day_expires_at)) .. rest,
      'PXAT', text(math.max(tonumber(day_expires_at), ends_at or 0)))
    bound = bound + 1
  end
end
return {'done', 0, bound}
