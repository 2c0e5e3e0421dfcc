-- Tells others that a rebuild goes on, or ends it. See load.rs.

local epoch, rebuilding = KEYS[1], KEYS[2]
local begun, lead, record, life = ARGV[1], ARGV[2], ARGV[3], ARGV[4]

if redis.call('EXISTS', epoch) == 1 then
  return {'loaded', 0}
end
if redis.call('GET', rebuilding) ~= begun then
  return {'lost', 0}
end
if not record then
  redis.call('PEXPIRE', rebuilding, lead)
  return {'done', 0}
end
-- Another server would not have what was loaded.
if string.match(redis.call('INFO', 'server'), 'run_id:(%x+)') ~= string.sub(record, 18) then
  return {'lost', 0}
end
redis.call('SET', epoch, record, 'PX', life)
redis.call('DEL', rebuilding)
return {'done', 0}
