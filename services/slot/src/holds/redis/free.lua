-- Gives the seat of a cancelled or replaced booking back, at once or at a later moment.
--
-- KEYS  epoch, day, ends, first ends, booked, ended, contested, days, version, feed
-- ARGV  epoch, start, units, desk, booking id, the same in 16 bytes, not before (milliseconds, 0
--       for at once), day expires at, day name
-- Gives {'done'}, {'contested'} or {'lost'}.

local epoch, day, ends, first_ends, booked, ended, contested = unpack(KEYS)
local days, version, feed = unpack(KEYS, 8)
local start, units, desk = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local booking, not_before, day_expires_at = ARGV[5], tonumber(ARGV[7]), ARGV[8]

if lost() then
  return {'lost'}
end
local state = redis.call('GET', ended)
if state == 'freed' then
  return {'done'}
end
local binds = redis.call('GET', booked) == booking
if binds then
  redis.call('DEL', booked)
end
redis.call('SET', ended, 'freed', 'PXAT', day_expires_at)
-- Even if nothing is done here: claims that a reconcile read before are out of date.
bookings_changed(days, version, feed, ARGV[9])
-- It is not clear whose mark it is: the reconcile that this answer asks for will see.
if redis.call('EXISTS', contested) == 1 then
  return {'contested'}
end
-- Without a settle the mark is not ours: somebody may hold or have booked the seat by now.
local is_ours = state == 'settled' or (not state and binds)
if is_ours and #overlapping(ends, start, units, desk) == 0 then
  if not_before > now() then
    redis.call('ZADD', ends, ARGV[7], struct.pack(MARK, start, units, desk, ARGV[6]))
    redis.call('PEXPIREAT', ends, day_expires_at)
    look_for_first_end(ends, first_ends, ARGV[9])
  else
    mark(day, start, units, desk, false)
    redis.call('PEXPIREAT', day, day_expires_at)
  end
end
return {'done'}
