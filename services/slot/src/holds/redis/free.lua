-- Ends that the seats of ended holds are returning: they are free, or kept for the desk. See
-- free.rs.

local returning, base, feed = unpack(KEYS, 2)
local names, is_for_desk = ARGV[2], ARGV[3] == 'desk'

if lost() then
  return {'lost', 0}
end
local changed = {}
for at = 4, #ARGV do
  local entry = ARGV[at]
  local place, id = string.sub(entry, 1, PLACE_SIZE), string.sub(entry, PLACE_SIZE + 1, PLACE_SIZE + 16)
  local day_name = string.sub(entry, PLACE_SIZE + 17)
  local seats = names .. 'seats:' .. day_name
  local value = redis.call('HGET', seats, place)
  if value and string.sub(value, 1, 17) == 'e' .. id then
    redis.call('HDEL', seats, place)
    redis.call('SREM', returning, place .. day_name)
    if is_for_desk then
      close_again(seats, names .. 'closed:' .. day_name, place, 'k' .. id)
    else
      local desk, from, til = struct.unpack(PLACE, place)
      mark(names .. 'marks:' .. day_name, desk, from, til, false)
    end
    changed[#changed + 1] = day_name
  end
end
local version = #changed > 0 and tell(base, feed, table.concat(changed, ' ')) or 0
return {'done', version, #changed}
