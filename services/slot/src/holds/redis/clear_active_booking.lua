-- Forgets that a person is bound by this booking. See clear_active_booking.rs.

local who, seats, compared = unpack(KEYS, 2)
local booking, day_name, day_expires_at = unpack(ARGV, 2)

if lost() then
  return {'lost', 0}
end
local has, time = redis.call('GET', who), now()
if has and string.sub(has, 1, 16) == booking then
  local _, ends_at = held_by(has, time)
  if ends_at then
    local rest = struct.pack(BOUND, NOTHING, 0) .. string.sub(has, BOUND_SIZE + 1)
    redis.call('SET', who, rest, 'PXAT', text(ends_at))
  else
    redis.call('DEL', who)
  end
end
if seats then
  -- In this step: a comparison that is under way with what was before could bind the person again.
  durable_changed(seats, day_expires_at, compared, day_name)
end
return {'done', 0}
