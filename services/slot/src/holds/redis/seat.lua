-- Shared beginning of the scripts: the marks of a day and what ends by itself.
--
-- A day is a string of 8 bytes per grid unit, one bit per desk, little endian, so desk d is bit
-- d % 8 of byte floor(d / 8) of its row. Lua 5.1 numbers cannot hold 64 bits: a row is two halves.
--
-- A mark that ends by itself (a hold, or a booked seat given back for later) is a member of the
-- day's sorted set: start u16, units u16, desk u8 and 16 bytes of id, scored by its end in
-- milliseconds. A bit without such a member belongs to a booking. A hash knows of each day that has
-- such members when the first one ends, so that nobody looks in vain.
--
-- What people hold is in hashes, one for each hour in which holds end: by person and group that
-- member and its end u64. A hold lasts an hour at most, so what is alive is in two of them, and a
-- hash expires with its last hold.
--
-- Every script gets the epoch key first and the epoch that the caller knows as first argument. If
-- they differ, the occupancy was lost or rebuilt: nothing is done.

local MARK, HOLDING = '<I2I2Bc16', '<I2I2Bc16I8'
local MARK_SIZE = 21
local HOUR = 3600000
-- How many calls that changed something the feed remembers, at least.
local FEED = 4096

local function lost()
  return redis.call('GET', KEYS[1]) ~= ARGV[1]
end

-- A whole number as Redis reads it most quickly.
local function text(number)
  return string.format('%d', number)
end

local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- Where the bit of a desk is in the row of a unit. Redis counts bits from the highest of a byte.
local function bit_of(unit, desk)
  return unit * 64 + desk - desk % 8 + 7 - desk % 8
end

-- Sets or clears the bit of one desk in every unit of a span.
local function mark(day, start, units, desk, set)
  for unit = start, start + units - 1 do
    redis.call('SETBIT', day, text(bit_of(unit, desk)), set and '1' or '0')
  end
end

-- Looks when the first mark of a day ends by itself, after they changed, and tells the hash. Gives
-- it as text, if there is one.
local function look_for_first_end(ends, first_ends, day_name)
  local first_end = redis.call('ZRANGE', ends, '0', '0', 'WITHSCORES')[2]
  if first_end then
    redis.call('HSET', first_ends, day_name, first_end)
  else
    redis.call('HDEL', first_ends, day_name)
  end
  return first_end
end

-- Takes away the marks whose end has come. Whoever comes first does it: there is no sweeper. Gives
-- the first end that is still to come, as text, if there is one.
local function clear_expired(day, ends, first_ends, day_name, time)
  for _, member in ipairs(redis.call('ZRANGEBYSCORE', ends, '-inf', text(time))) do
    local start, units, desk = struct.unpack(MARK, member)
    mark(day, start, units, desk, false)
  end
  redis.call('ZREMRANGEBYSCORE', ends, '-inf', text(time))
  return look_for_first_end(ends, first_ends, day_name)
end

-- The members that share a desk and a unit with a seat.
local function overlapping(ends, start, units, desk)
  local found = {}
  for _, member in ipairs(redis.call('ZRANGE', ends, '0', '-1')) do
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

-- The hash of what ends in the same hour as this moment. Its name has the prefix's hash tag.
local function holding_at(holding, time)
  return holding .. text(math.floor(time / HOUR))
end

local function end_of_hour(time)
  return (math.floor(time / HOUR) + 1) * HOUR
end

-- Forgets that somebody holds this.
local function stop_holding(holding, holder, member)
  local time = now()
  for _, hash in ipairs({holding_at(holding, time), holding_at(holding, time + HOUR)}) do
    local held = redis.call('HGET', hash, holder)
    if held and string.sub(held, 1, #member) == member then
      redis.call('HDEL', hash, holder)
    end
  end
end

-- Tells readers that these days changed, names parted by spaces.
local function tell(version, feed, day_names)
  redis.call('INCR', version)
  if redis.call('RPUSH', feed, day_names) > 2 * FEED then
    redis.call('LTRIM', feed, text(-FEED), '-1')
  end
end

-- Counts that what is booked on a day changed, and tells it.
local function bookings_changed(days, version, feed, day_name)
  redis.call('HINCRBY', days, day_name, '1')
  tell(version, feed, day_name)
end
