-- Shared beginning of the scripts: the rows of a day and the marks in it.
--
-- A day is a string of 8 bytes per grid unit, one bit per desk, little endian, so desk d is bit
-- d % 8 of byte floor(d / 8) of its row. Lua 5.1 numbers cannot hold 64 bits: a row is two halves.
--
-- A mark that ends by itself (a hold, or a booked seat given back for later) is a member of the
-- day's sorted set: start u16, units u16, desk u8 and 16 bytes of id, scored by its end in
-- milliseconds. A bit without such a member belongs to a booking.
--
-- Every script gets the epoch key first and the epoch that the caller knows as first argument. If
-- they differ, the occupancy was lost or rebuilt: nothing is done.

local MARK = '<I2I2Bc16'

local function lost()
  return redis.call('GET', KEYS[1]) ~= ARGV[1]
end

-- A whole number as Redis reads it most quickly.
local function text(number)
  return string.format('%.0f', number)
end

local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- Sets or clears the bit of one desk in every unit of a span, whose rows may be known already.
local function mark(day, start, units, desk, set, rows)
  rows = rows or redis.call('GETRANGE', day, start * 8, (start + units) * 8 - 1)
  rows = rows .. string.rep('\0', units * 8 - #rows)
  local place, bit_of_desk = math.floor(desk / 8) + 1, bit.lshift(1, desk % 8)
  local changed = {}
  for at = 0, (units - 1) * 8, 8 do
    local byte = string.byte(rows, at + place)
    byte = set and bit.bor(byte, bit_of_desk) or bit.band(byte, bit.bnot(bit_of_desk))
    changed[#changed + 1] = string.sub(rows, at + 1, at + place - 1)
      .. string.char(byte) .. string.sub(rows, at + place + 1, at + 8)
  end
  redis.call('SETRANGE', day, start * 8, table.concat(changed))
end

-- Takes away the marks whose end has come. Whoever comes first does it: there is no sweeper. `time`
-- is a text.
local function clear_expired(day, ends, time)
  local expired = redis.call('ZRANGEBYSCORE', ends, '-inf', time)
  if #expired == 0 then
    return
  end
  for _, member in ipairs(expired) do
    local start, units, desk = struct.unpack(MARK, member)
    mark(day, start, units, desk, false)
  end
  redis.call('ZREMRANGEBYSCORE', ends, '-inf', time)
end

-- The members that share a desk and a unit with a seat.
local function overlapping(ends, start, units, desk)
  local found = {}
  for _, member in ipairs(redis.call('ZRANGE', ends, 0, -1)) do
    local other_start, other_units, other_desk = struct.unpack(MARK, member)
    if other_desk == desk and other_start < start + units and start < other_start + other_units then
      found[#found + 1] = member
    end
  end
  return found
end

-- Gives the seat to a booking, whoever holds it.
local function claim(day, ends, start, units, desk)
  for _, member in ipairs(overlapping(ends, start, units, desk)) do
    local other_start, other_units = struct.unpack(MARK, member)
    mark(day, other_start, other_units, desk, false)
    redis.call('ZREM', ends, member)
  end
  mark(day, start, units, desk, true)
end

-- Tells readers that these days changed.
local function changed(version, changes, day_names)
  if #day_names == 0 then
    return
  end
  local number, scored = text(redis.call('INCR', version)), {}
  for at, day_name in ipairs(day_names) do
    scored[2 * at - 1], scored[2 * at] = number, day_name
  end
  redis.call('ZADD', changes, unpack(scored))
end
