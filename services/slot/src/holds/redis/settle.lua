-- Makes a hold a booking. The database has decided, so this always succeeds: if the hold expired
-- or was lost meanwhile, the booking takes the seat from whoever holds it now.
--
-- KEYS  epoch, day, ends, holding, booked, over, version, changes
-- ARGV  epoch, start, units, desk, hold id, booking id, day expires at, day name
-- Gives {'done'} or {'lost'}.

local epoch, day, ends, holding, booked, over, version, changes = unpack(KEYS)
local start, units, desk = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local member = struct.pack(MARK, start, units, desk, ARGV[5])

if lost() then
  return {'lost'}
end
-- A settle that arrives after the booking was given back must not bring it back.
if redis.call('EXISTS', over) == 1 then
  return {'done'}
end
if redis.call('GET', holding) == member then
  redis.call('DEL', holding)
end
redis.call('SET', booked, ARGV[6], 'PXAT', ARGV[7])
if redis.call('ZREM', ends, member) == 0 then
  claim(day, ends, start, units, desk)
  redis.call('PEXPIREAT', day, ARGV[7])
end
changed(version, changes, ARGV[8])
return {'done'}
