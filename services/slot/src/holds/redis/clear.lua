-- Takes away what earlier epochs left behind, some of it at a time. See load.rs.

local rebuilding, begun, pattern, keep, cursor = KEYS[1], ARGV[1], ARGV[2], ARGV[3], ARGV[4]

if redis.call('GET', rebuilding) ~= begun then
  return {'lost', 0}
end
local next_cursor, keys = unpack(redis.call('SCAN', cursor, 'MATCH', pattern, 'COUNT', '1000'))
for _, key in ipairs(keys) do
  if string.sub(key, 1, #keep) ~= keep then
    redis.call('UNLINK', key)
  end
end
return {'done', 0, next_cursor}
