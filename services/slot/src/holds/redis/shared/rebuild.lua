-- Loading the store.

-- Whether this process still owns the rebuild that began this epoch. If so, its ownership is extended.
local function is_ours(epoch, rebuilding, begun, lead)
  if redis.call('EXISTS', epoch) == 1 or redis.call('GET', rebuilding) ~= begun then
    return false
  end
  redis.call('PEXPIRE', rebuilding, lead)
  return true
end

local function run_id()
  return string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
end
