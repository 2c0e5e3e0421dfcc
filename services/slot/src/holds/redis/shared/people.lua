-- What a person has.

-- What a person holds in force: its id and when it ends.
local function held_by(value, time)
  if value and #value > BOUND_SIZE then
    local ends_at = struct.unpack('<I8', value, BOUND_SIZE + 9)
    if ends_at > time then
      return string.sub(value, HELD_ID, HELD_ID + 15), ends_at
    end
  end
end

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
