-- Forgets that a person has this active booking. The seat stays as it is.
--
-- KEYS  epoch, booked
-- ARGV  epoch, booking id
-- Gives {'done'} or {'lost'}.

if lost() then
  return {'lost'}
end
if redis.call('GET', KEYS[2]) == ARGV[2] then
  redis.call('DEL', KEYS[2])
end
return {'done'}
