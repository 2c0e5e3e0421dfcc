-- The ended holds whose seats are not free yet. See returning.rs.

local returning, names = KEYS[2], ARGV[2]

if lost() then
  return {'lost', 0}
end
local found = {}
for _, entry in ipairs(redis.call('SMEMBERS', returning)) do
  local place, day_name = string.sub(entry, 1, PLACE_SIZE), string.sub(entry, PLACE_SIZE + 1)
  local value = entry ~= '' and redis.call('HGET', names .. 'seats:' .. day_name, place)
  if value and string.sub(value, 1, 1) == 'e' then
    found[#found + 1] = struct.pack('<Bc0', #day_name, day_name) .. place .. value
  elseif entry ~= '' then
    redis.call('SREM', returning, entry)
  end
end
return {'done', 0, now(), found}
