-- Makes a hold a booking. See confirm.rs.

local who, seats, compared = unpack(KEYS, 2)
local id, place, booking, day_name, day_expires_at = unpack(ARGV, 2)

if lost() then
  return {'lost', 0}
end
-- Even if nothing is done here: what a reconcile read before is out of date.
durable_changed(seats, day_expires_at, compared, day_name)
local value, has, time = redis.call('HGET', seats, place), redis.call('GET', who), now()
if not is_hold(value, id) then
  if held_by(has, time) == id then
    -- What kept the seat is gone, so the person holds nothing any more.
    stop_holding(who, has, time)
  end
  local is_repeated = not value and has and string.sub(has, 1, 16) == booking
  return {is_repeated and 'done' or 'reconcile', 0}
end
redis.call('HDEL', seats, place)
local bound, ends_at = struct.pack(BOUND, booking, tonumber(day_expires_at)), 0
local held, other_ends_at = held_by(has, time)
if held and held ~= id then
  -- Mine had expired, and the person holds something else by now.
  bound, ends_at = bound .. string.sub(has, BOUND_SIZE + 1), other_ends_at
end
redis.call('SET', who, bound, 'PXAT', text(math.max(ends_at, tonumber(day_expires_at))))
return {'done', 0}
