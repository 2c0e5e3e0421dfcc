-- The hashes of a day.

-- Counts that something durable of a day changed. That it was right when it was compared with the
-- database says nothing any more.
local function durable_changed(seats, expires_at, compared, day_name)
  if redis.call('HINCRBY', seats, 'v', '1') == 1 then
    redis.call('PEXPIREAT', seats, expires_at)
  end
  redis.call('HDEL', compared, day_name)
end

-- The fields of a hash that share a desk and a minute with a place.
local function overlapping(hash, desk, from, til)
  local found = {}
  for _, field in ipairs(redis.call('HKEYS', hash)) do
    if #field == PLACE_SIZE then
      local other_desk, other_from, other_til = struct.unpack(PLACE, field)
      if other_desk == desk and other_from < til and from < other_til then
        found[#found + 1] = field
      end
    end
  end
  return found
end
