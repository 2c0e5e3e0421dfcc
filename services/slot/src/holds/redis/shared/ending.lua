-- The end of a hold.

local function ends_at_of(value)
  return (struct.unpack('<I8', value, #value - 7))
end

local function is_hold(value, id)
  return value and string.sub(value, 1, 17) == 'h' .. id
end

-- Whether staff took it from this closed time.
local function is_within(value, id)
  return string.sub(value, 18, 18) ~= '-' and string.sub(value, 19, 34) == id
end

-- What it is when that time is not closed any more.
local function without_closed(value)
  return string.sub(value, 1, 17) .. '-' .. NOTHING .. string.sub(value, 35)
end

-- Ends a hold, whose value is given: its seat is returning, or for the desk again. Whether readers
-- see a difference.
local function end_hold(seats, closed, returning, place, day_name, value, at)
  local _, _, kind, closed_id = struct.unpack(HELD, value)
  if kind ~= '-' then
    redis.call('HDEL', seats, place)
    close_again(seats, closed, place, kind .. closed_id)
    return true
  end
  local ended_at = math.min(at, ends_at_of(value))
  local ended = 'e' .. string.sub(value, 2, -9) .. struct.pack('<I8', ended_at)
  redis.call('HSET', seats, place, ended)
  redis.call('SADD', returning, place .. day_name)
  redis.call('PEXPIRE', returning, TWO_DAYS)
  return false
end
