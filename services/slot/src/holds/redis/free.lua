-- Gives the seat of a cancelled or replaced booking back, at once or at a later moment.
--
-- KEYS  epoch, day, ends, booked, over, version, changes
-- ARGV  epoch, start, units, desk, booking id, not before (milliseconds, 0 for at once),
--       day expires at, day name
-- Gives {'done'} or {'lost'}.

local epoch, day, ends, booked, over, version, changes = unpack(KEYS)
local start, units, desk = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local booking, not_before, day_expires_at = ARGV[5], tonumber(ARGV[6]), ARGV[7]

if lost() then
  return {'lost'}
end
if redis.call('GET', booked) == booking then
  redis.call('DEL', booked)
end
-- Only the first time: by the second, the seat may be somebody else's.
if not redis.call('SET', over, '', 'PXAT', day_expires_at, 'NX') then
  return {'done'}
end
-- If our settle was lost, somebody may hold the seat by now: then the mark is theirs.
if #overlapping(ends, start, units, desk) == 0 then
  if not_before > now() then
    redis.call('ZADD', ends, not_before, struct.pack(MARK, start, units, desk, booking))
    redis.call('PEXPIREAT', ends, day_expires_at)
  else
    mark(day, start, units, desk, false)
  end
end
changed(version, changes, ARGV[8])
return {'done'}
