-- Loads what must be known of people. See load_notes.rs.

local epoch, rebuilding = KEYS[1], KEYS[2]
local begun, lead, names, notes = unpack(ARGV)

if not is_ours(epoch, rebuilding, begun, lead) then
  return {'lost', 0}
end
local at = 1
while at <= #notes do
  local til, name, next_at = struct.unpack('<I8Bc0', notes, at)
  redis.call('SET', names .. name, '', 'PXAT', text(til))
  at = next_at
end
return {'done', 0}
