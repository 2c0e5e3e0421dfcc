-- Forgets that a person has this active booking. The seat stays as it is.
--
-- KEYS  epoch, booked, ended
-- ARGV  epoch, booking id
-- Gives {'done'} or {'lost'}.

local epoch, booked, ended = unpack(KEYS)

if lost() then
  return {'lost'}
end
if redis.call('GET', booked) == ARGV[2] then
  -- For a free that is still on its way; see settle.lua.
  redis.call('SET', ended, 'settled', 'PX', math.max(redis.call('PTTL', booked), 1000), 'NX')
  redis.call('DEL', booked)
end
return {'done'}
