-- Opens the store for holds. See finish.rs.

local epoch, rebuilding, returning = unpack(KEYS)
local begun, lead, record, life = unpack(ARGV)

if redis.call('EXISTS', epoch) == 1 then
  return {'done', 0}
end
-- Another server would not have what was loaded.
if not is_ours(epoch, rebuilding, begun, lead) or run_id() ~= string.sub(record, 18) then
  return {'lost', 0}
end
-- What returned before is not known any more.
redis.call('SADD', returning, '')
redis.call('PEXPIRE', returning, TWO_DAYS)
redis.call('SET', epoch, record, 'PX', life)
redis.call('DEL', rebuilding)
return {'done', 0}
