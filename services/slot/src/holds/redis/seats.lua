-- What keeps places: the formats, and the marks of a day.
--
-- A day's marks are a string of groups of 8 minutes; a group has 64 bytes, one for each desk, with
-- one bit for each minute, the lowest for the first. It is as long as the longest day from the
-- beginning, so that it never grows.
--
-- What keeps a place and is not a booking is in one of two hashes, by desk u8, first minute u16
-- and minute after the last u16. In `seats`: a hold ('h') or an ended hold ('e') as HELD and who
-- had it; an offer ('o'), a draw pool ('p') or what the database lets return ('r') with its id. In
-- `closed`: what is for the desk only, because the database says so ('c') or because the seat of
-- an ended hold was kept ('k'), with its id. A bit without such a field belongs to a booking. The
-- field 'v' of `seats` counts what durable reservations do.

local PLACE, PLACE_SIZE = '<BI2I2', 5
-- Kind, id, held at, ends or ended at, then the kind and the id of the closed time that staff took
-- it from, if they did.
local HELD, HELD_SIZE = '<c1c16I8I8c1c16', 50
local KEPT = '<c1c16'
-- What a person has in a group: the active booking and until when it matters, then perhaps a hold.
local BOUND, BOUND_SIZE = '<c16I8', 24
-- Id, held at, ends at, whether it was extended, desk, first minute, minute after the last.
local HOLD = '<c16I8I8BBI2I2'
local LONGEST_DAY = 12032
local NOTHING = string.rep('\0', 16)
local TWO_DAYS = '172800000'
-- Holds that end in the same ten seconds are in one list.
local BUCKET = 10000

-- The groups that a span touches.
local function groups_of(from, til)
  return math.floor(from / 8), math.floor((til - 1) / 8)
end

-- Which minutes of a group belong to a span.
local function mask_of(group, from, til)
  local first = group * 8
  return 2 ^ math.min(til - first, 8) - 2 ^ math.max(from - first, 0)
end

-- Sets or clears the marks of a place.
local function mark(marks, desk, from, til, set)
  local first, last = groups_of(from, til)
  local at = first * 64 + desk
  local rows = redis.call('GETRANGE', marks, text(at), text(last * 64 + desk))
  local changed = {}
  for group = first, last do
    local index, mask = (group - first) * 64 + 1, mask_of(group, from, til)
    local byte = string.byte(rows, index)
    byte = set and bit.bor(byte, mask) or bit.band(byte, 255 - mask)
    changed[#changed + 1] = string.char(byte) .. string.sub(rows, index + 1, index + 63)
  end
  redis.call('SETRANGE', marks, text(at), table.concat(changed))
end

-- How many minutes of a place are marked: 'none', 'some' or 'all'.
local function marked(rows, desk, from, til)
  local first, last = groups_of(from, til)
  local none, all = true, true
  for group = first, last do
    local mask = mask_of(group, from, til)
    local taken = bit.band(string.byte(rows, group * 64 + desk + 1) or 0, mask)
    none, all = none and taken == 0, all and taken == mask
  end
  return none and 'none' or all and 'all' or 'some'
end

-- Makes the strings and hashes of a day.
local function open_day(days, marks, seats, day_name, expires_at)
  if redis.call('EXISTS', marks) == 0 then
    redis.call('SET', marks, string.rep('\0', LONGEST_DAY), 'PXAT', expires_at)
    redis.call('HSETNX', seats, 'v', '0')
    redis.call('PEXPIREAT', seats, expires_at)
    redis.call('SADD', days, day_name)
  end
end

-- Counts that something durable of a day changed.
local function durable_changed(seats, expires_at)
  if redis.call('HINCRBY', seats, 'v', '1') == 1 then
    redis.call('PEXPIREAT', seats, expires_at)
  end
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

-- Takes a place out of the closed one around it.
local function cut_closed(closed, around, desk, from, til)
  local _, around_from, around_til = struct.unpack(PLACE, around)
  local value, life = redis.call('HGET', closed, around), redis.call('PTTL', closed)
  redis.call('HDEL', closed, around)
  if around_from < from then
    redis.call('HSET', closed, struct.pack(PLACE, desk, around_from, from), value)
  end
  if til < around_til then
    redis.call('HSET', closed, struct.pack(PLACE, desk, til, around_til), value)
  end
  redis.call('PEXPIRE', closed, text(life))
end

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

-- Ends a hold, whose value is given: its seat is returning, or for the desk again. Whether readers
-- see a difference.
local function end_hold(seats, closed, returning, place, day_name, value, at)
  local _, id, held_at, ends_at, kind, closed_id = struct.unpack(HELD, value)
  if kind ~= '-' then
    redis.call('HDEL', seats, place)
    close_again(seats, closed, place, kind .. closed_id)
    return true
  end
  local ended = struct.pack(HELD, 'e', id, held_at, math.min(at, ends_at), '-', NOTHING)
  redis.call('HSET', seats, place, ended .. string.sub(value, HELD_SIZE + 1))
  redis.call('SADD', returning, place .. day_name)
  redis.call('PEXPIRE', returning, TWO_DAYS)
  return false
end

-- What a person holds in force: its id and when it ends.
local function held_by(value, time)
  if value and #value > BOUND_SIZE then
    local id, _, ends_at = struct.unpack('<c16I8I8', value, BOUND_SIZE + 1)
    if ends_at > time then
      return id, ends_at
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

-- Remembers that a hold will end.
local function remember_end(ends_prefix, ends_at, ...)
  local bucket = math.floor(ends_at / BUCKET)
  local key = ends_prefix .. text(bucket)
  if redis.call('RPUSH', key, ...) == select('#', ...) then
    -- An hour longer, so that nothing is lost if nobody looks for a while.
    redis.call('PEXPIREAT', key, text((bucket + 1) * BUCKET + 3600000))
  end
end

-- Remembers for a time that something is so.
local function note(key, time, til)
  if time + redis.call('PTTL', key) < til then
    redis.call('SET', key, '', 'PXAT', text(til))
  end
end
