-- What a person has.

-- Leaves a person what they have besides a hold.
local function stop_holding(who, value, time)
  local _, til = struct.unpack(BOUND, value)
  if til > time then
    redis.call('SET', who, string.sub(value, 1, BOUND_SIZE), 'PXAT', text(til))
  else
    redis.call('DEL', who)
  end
end

-- Remembers for a time that something is so.
local function note(key, time, til)
  if time + redis.call('PTTL', key) < til then
    redis.call('SET', key, '', 'PXAT', text(til))
  end
end
