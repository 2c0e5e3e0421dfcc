-- Which days changed after a version.
--
-- KEYS  epoch, version, changes
-- ARGV  epoch, version or '-inf'
-- Gives {'done', milliseconds, version, {day name...}} or {'lost'}.

if lost() then
  return {'lost'}
end
local since = ARGV[2] == '-inf' and '-inf' or '(' .. ARGV[2]
local days = redis.call('ZRANGEBYSCORE', KEYS[3], since, '+inf')
return {'done', now(), tonumber(redis.call('GET', KEYS[2]) or 0), days}
