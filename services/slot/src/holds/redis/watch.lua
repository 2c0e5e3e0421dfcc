-- Looks whether the store is loaded and this is the server that was loaded, and whether a process
-- may begin to load it. See watch.rs.

local epoch, rebuilding = KEYS[1], KEYS[2]
local begun, lead, life = ARGV[1], ARGV[2], ARGV[3]

local record, server = redis.call('GET', epoch), run_id()
if record and string.sub(record, 18) == server then
  -- Keys without a day expire unless a process renews them now and then. The epoch goes first.
  if #KEYS > 2 then
    redis.call('PEXPIRE', epoch, life)
  end
  for at = 3, #KEYS do
    redis.call('PEXPIRE', KEYS[at], text(2 * tonumber(life)))
  end
  return {'loaded', 0, record}
end
redis.call('DEL', epoch)
if redis.call('SET', rebuilding, begun, 'NX', 'PX', lead) then
  return {'begin', 0, server}
end
return {'begun', 0}
