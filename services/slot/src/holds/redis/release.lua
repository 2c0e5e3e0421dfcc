-- Gives a hold back before it expires. Once it expired, or became a booking, nothing happens.
--
-- KEYS  epoch, day, ends, holding, version, changes
-- ARGV  epoch, start, units, desk, hold id, day name
-- Gives {'done'}, {'gone'} or {'lost'}.

local epoch, day, ends, holding, version, changes = unpack(KEYS)
local start, units, desk = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local member = struct.pack(MARK, start, units, desk, ARGV[5])

if lost() then
  return {'lost'}
end
if redis.call('GET', holding) == member then
  redis.call('DEL', holding)
end
if redis.call('ZREM', ends, member) == 0 then
  return {'gone'}
end
mark(day, start, units, desk, false)
changed(version, changes, {ARGV[6]})
return {'done'}
