-- Takes away what earlier epochs left behind, some of it at a time. See clear.rs.

local epoch, rebuilding = KEYS[1], KEYS[2]
local begun, lead, pattern, keep, cursor = unpack(ARGV)

if not is_ours(epoch, rebuilding, begun, lead) then
  return {'lost', 0}
end
local next_cursor, keys = unpack(redis.call('SCAN', cursor, 'MATCH', pattern, 'COUNT', '1000'))
local earlier = {}
for _, key in ipairs(keys) do
  if string.sub(key, 1, #keep) ~= keep then
    earlier[#earlier + 1] = key
  end
end
if #earlier > 0 then
  redis.call('UNLINK', unpack(earlier))
end
return {'done', 0, next_cursor}
