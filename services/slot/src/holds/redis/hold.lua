-- Takes a seat for a person: all of it or nothing.
--
-- KEYS  epoch, day, ends, holding, booked, version, changes
-- ARGV  epoch, hold id, milliseconds, replaced booking id or '', bytes of a day, day expires at,
--       day name, then per offer: first unit, units, desks (8 bytes)
-- Gives {'held', start, units, desk, ends at} or {'holding'}, {'booked', id}, {'taken'}, {'lost'}.

local epoch, day, ends, holding, booked, version, changes = unpack(KEYS)
local id, lasts, replaces = ARGV[2], tonumber(ARGV[3]), ARGV[4]
local length, day_expires_at, day_name = tonumber(ARGV[5]), ARGV[6], ARGV[7]

local current, held, booking = unpack(redis.call('MGET', epoch, holding, booked))
if current ~= ARGV[1] then
  return {'lost'}
end

-- The person. The key of a hold expires together with the hold.
if held then
  local start, units, desk, holder = struct.unpack(MARK, held)
  if holder == id then
    return {'held', start, units, desk, now() + redis.call('PTTL', holding)}
  end
  return {'holding'}
end
if booking and booking ~= replaces then
  return {'booked', booking}
end

-- The seat: the lowest free desk of the first offer that has one.
local time = now()
clear_expired(day, ends, time)

local function lowest_free(start, units, desks)
  local low, high = struct.unpack('<I4I4', desks)
  local rows = redis.call('GETRANGE', day, start * 8, (start + units) * 8 - 1)
  for at = 1, #rows - 7, 8 do
    local taken_low, taken_high = struct.unpack('<I4I4', rows, at)
    low = bit.band(low, bit.bnot(taken_low))
    high = bit.band(high, bit.bnot(taken_high))
  end
  for desk = 0, 63 do
    local half = desk < 32 and low or high
    if bit.band(half, bit.lshift(1, desk % 32)) ~= 0 then
      return desk, rows
    end
  end
end

for at = 8, #ARGV, 3 do
  local start, units = tonumber(ARGV[at]), tonumber(ARGV[at + 1])
  local desk, rows = lowest_free(start, units, ARGV[at + 2])
  if desk then
    -- The whole day at once: a string that grows step by step keeps spare room.
    if #rows < units * 8 then
      local marks = redis.call('GET', day) or ''
      redis.call('SET', day, marks .. string.rep('\0', length - #marks))
      redis.call('PEXPIREAT', day, day_expires_at)
    end
    local ends_at = time + lasts
    local member = struct.pack(MARK, start, units, desk, id)
    mark(day, start, units, desk, true, rows)
    redis.call('ZADD', ends, ends_at, member)
    redis.call('PEXPIREAT', ends, day_expires_at)
    redis.call('SET', holding, member, 'PXAT', ends_at)
    changed(version, changes, day_name)
    return {'held', start, units, desk, ends_at}
  end
end
return {'taken'}
