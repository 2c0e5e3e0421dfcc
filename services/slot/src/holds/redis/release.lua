-- Gives a hold back before it expires. Once it expired, or became a booking, nothing happens.
--
-- KEYS  epoch, day, ends, first ends, prefix of the hashes of what is held, version, feed
-- ARGV  epoch, start, units, desk, hold id, how the hashes call the person, day name
-- Gives {'done'}, {'gone'} or {'lost'}.

local epoch, day, ends, first_ends, holding, version, feed = unpack(KEYS)
local start, units, desk = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local member = struct.pack(MARK, start, units, desk, ARGV[5])

if lost() then
  return {'lost'}
end
stop_holding(holding, ARGV[6], member)
if redis.call('ZREM', ends, member) == 0 then
  return {'gone'}
end
mark(day, start, units, desk, false)
look_for_first_end(ends, first_ends, ARGV[7])
tell(version, feed, ARGV[7])
return {'done'}
