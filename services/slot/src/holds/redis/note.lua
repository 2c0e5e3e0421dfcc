-- Remembers something of a person until a moment. See note.rs.

local key, til, may_shorten = KEYS[2], tonumber(ARGV[2]), ARGV[3] == '1'

if lost() then
  return {'lost', 0}
end
if may_shorten then
  redis.call('DEL', key)
end
local time = now()
if til > time then
  note(key, time, til)
end
return {'done', 0}
