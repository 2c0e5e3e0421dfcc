-- Time that is for the desk only.

-- Closes a place, and joins it with what is closed for the same reason beside it.
local function close_again(seats, closed, place, value)
  local desk, from, til = struct.unpack(PLACE, place)
  for _, field in ipairs(overlapping(closed, desk, from - 1, til + 1)) do
    if redis.call('HGET', closed, field) == value then
      local _, other_from, other_til = struct.unpack(PLACE, field)
      from, til = math.min(from, other_from), math.max(til, other_til)
      redis.call('HDEL', closed, field)
    end
  end
  redis.call('HSET', closed, struct.pack(PLACE, desk, from, til), value)
  redis.call('PEXPIRE', closed, text(redis.call('PTTL', seats)))
end
