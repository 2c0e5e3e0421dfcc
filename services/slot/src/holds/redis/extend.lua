-- Puts the end of a hold off, once. See extend.rs.

local who, seats = KEYS[2], KEYS[3]
local id, lasts, place, day_name, ends_prefix = ARGV[2], tonumber(ARGV[3]), ARGV[4], ARGV[5], ARGV[6]

if lost() then
  return {'lost', 0}
end
local time, has = now(), redis.call('GET', who)
local held, before = held_by(has, time)
if held ~= id then
  return {'over', 0}
end
if string.byte(has, HELD_EXTENDED) ~= 0 then
  return {'again', 0}
end
local _, booked_until = struct.unpack(BOUND, has)
local ends_at = math.max(before, time + lasts)
local packed = struct.pack('<I8', ends_at)
local now_has = string.sub(has, 1, BOUND_SIZE + 8) .. packed
  .. string.sub(has, HELD_PLACE, HELD_EXTENDED - 1) .. '\1' .. string.sub(has, HELD_ID)
redis.call('SET', who, now_has, 'PXAT', text(math.max(ends_at, booked_until)))
local value = redis.call('HGET', seats, place)
if is_hold(value, id) then
  redis.call('HSET', seats, place, string.sub(value, 1, -9) .. packed)
  remember_end(ends_prefix, ends_at, place .. id .. day_name)
end
return {'done', 0, string.sub(now_has, BOUND_SIZE + 1)}
