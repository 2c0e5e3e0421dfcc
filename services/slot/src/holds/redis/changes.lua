-- Which days changed after a version. See changes.rs.

local base, feed, days = unpack(KEYS, 2)
local known = tonumber(ARGV[2])

local has = redis.call('MGET', KEYS[1], base)
if has[1] ~= ARGV[1] then
  return {'lost', 0}
end
local length = redis.call('LLEN', feed)
local latest = tonumber(has[2] or 0) + length
local missed = latest - (known or 0)
-- Behind what the reader knows, the store is older than it was.
if not known or missed > length or missed < 0 then
  return {'done', 0, latest, length, 'all', redis.call('SMEMBERS', days), now()}
end
local news = missed > 0 and redis.call('LRANGE', feed, text(-missed), '-1') or {}
return {'done', 0, latest, length, 'some', news}
