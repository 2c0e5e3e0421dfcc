-- Which days changed after a version.
--
-- KEYS  epoch, days, version, feed
-- ARGV  epoch, version that the reader knows or nothing
-- Gives {'done', milliseconds, version, 'some' or 'all', {day names, parted by spaces...}} or
-- {'lost'}. All of them if the feed does not go back so far.

local epoch, days, version, feed = unpack(KEYS)

if lost() then
  return {'lost'}
end
local latest, known = tonumber(redis.call('GET', version) or 0), tonumber(ARGV[2])
local missed = latest - (known or 0)
if not known or missed > redis.call('LLEN', feed) then
  return {'done', now(), latest, 'all', redis.call('HKEYS', days)}
end
local news = missed > 0 and redis.call('LRANGE', feed, text(-missed), '-1') or {}
return {'done', now(), latest, 'some', news}
