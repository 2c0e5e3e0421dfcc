-- Ends a hold before it expires. Once it expired, or became a booking, nothing happens. See
-- give_up.rs.

local who, seats, closed, returning, base, feed = unpack(KEYS, 2)
local id, place, day_name = ARGV[2], ARGV[3], ARGV[4]

if lost() then
  return {'lost', 0}
end
local time, has = now(), redis.call('GET', who)
if held_by(has, time) ~= id then
  return {'gone', 0}
end
stop_holding(who, has, time)
local value = redis.call('HGET', seats, place)
if not is_hold(value, id) then
  return {'gone', 0}
end
local version = 0
if end_hold(seats, closed, returning, place, day_name, value, time) then
  version = tell(base, feed, day_name)
end
return {'done', version}
