-- Makes a hold a booking. The database has decided, so this always succeeds: if the hold expired
-- or was lost meanwhile, the booking takes the seat from whoever holds it now.
--
-- KEYS  epoch, day, ends, first ends, prefix of the hashes of what is held, booked, ended, ended of
--       the replaced, contested, days, version, feed
-- ARGV  epoch, start, units, desk, hold id, booking id, replaced booking id or '', day expires at,
--       day name, how the hashes call the person
-- Gives {'done'}, {'contested'} or {'lost'}.
--
-- Messages may come in any order, so `ended` remembers of a booking that no longer binds its
-- person whether its settle had arrived by then: 'settled' or 'unsettled', and 'freed' once its
-- seat was given back. A settle that comes after that must not bring the booking back, and a free
-- must not clear a mark that its booking never set. If the hold is gone, it is not clear whose the
-- mark will be: the day is contested, and a reconcile puts it right.

local epoch, day, ends, first_ends, holding, booked, ended, replaced_ended = unpack(KEYS)
local contested, days, version, feed = unpack(KEYS, 9)
local start, units, desk = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local member = struct.pack(MARK, start, units, desk, ARGV[5])
local booking, replaced, day_expires_at = ARGV[6], ARGV[7], ARGV[8]

if lost() then
  return {'lost'}
end
local before = redis.call('GET', booked)
if before == booking or redis.call('EXISTS', ended) == 1 then
  return {'done'}
end
stop_holding(holding, ARGV[10], member)
if before then
  -- The same key name with the other id: one hash tag, one node.
  local before_ended = string.sub(ended, 1, -#booking - 1) .. before
  redis.call('SET', before_ended, 'settled', 'PXAT', day_expires_at, 'NX')
end
if replaced ~= '' then
  redis.call('SET', replaced_ended, 'unsettled', 'PXAT', day_expires_at, 'NX')
end
redis.call('SET', booked, booking, 'PXAT', day_expires_at)
bookings_changed(days, version, feed, ARGV[9])
local was_held = redis.call('ZREM', ends, member) == 1
if not was_held then
  claim(day, ends, start, units, desk)
end
look_for_first_end(ends, first_ends, ARGV[9])
if was_held then
  return {'done'}
end
redis.call('PEXPIREAT', day, day_expires_at)
redis.call('SET', contested, '', 'PXAT', day_expires_at)
return {'contested'}
