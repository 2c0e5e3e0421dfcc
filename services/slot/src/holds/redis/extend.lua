-- Puts the end of a hold off, once. See extend.rs.

local who, seats = KEYS[2], KEYS[3]
local id, lasts, place, day_name, ends_prefix = ARGV[2], tonumber(ARGV[3]), ARGV[4], ARGV[5], ARGV[6]

if lost() then
  return {'lost', 0}
end
local time, has = now(), redis.call('GET', who)
if held_by(has, time) ~= id then
  return {'over', 0}
end
local _, held_at, before, is_extended, desk, from, til, rest =
  struct.unpack(HOLD, has, BOUND_SIZE + 1)
if is_extended ~= 0 then
  return {'again', 0}
end
local _, booked_until = struct.unpack(BOUND, has)
local ends_at = math.max(before, time + lasts)
local hold = struct.pack(HOLD, id, held_at, ends_at, 1, desk, from, til) .. string.sub(has, rest)
redis.call('SET', who, string.sub(has, 1, BOUND_SIZE) .. hold,
  'PXAT', text(math.max(ends_at, booked_until)))
local value = redis.call('HGET', seats, place)
if value and string.sub(value, 1, 17) == 'h' .. id then
  local moved = struct.pack('<c1c16I8I8', 'h', id, held_at, ends_at) .. string.sub(value, 34)
  redis.call('HSET', seats, place, moved)
  remember_end(ends_prefix, ends_at, place .. id .. day_name)
end
return {'done', 0, hold}
