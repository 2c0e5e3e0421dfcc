-- Takes a seat for each of some people, one after the other: for each all of it or nothing. Those
-- who come together share what the script must read and tell anyway.
--
-- KEYS  epoch, prefix of the hashes of what is held, days, first ends, version, feed, then per person:
--       booked, then per day: day, then per day: ends
-- ARGV  epoch, number of people, wishes, terms of the days, then per person: what the hashes call
--       them in this group, then per day: its name. The wishes are packed one after the other:
--       number of the day u8, 16 bytes of hold id, milliseconds u32, with its length u8 the
--       replaced booking id or nothing, and with their number u16 the offers (each: first unit
--       u16, units u16, desks u64); and so are the terms of each day: number of units u32, expires
--       at u64
-- Gives {'lost'} or {'done', answers}, packed one after the other: 'H', start u16, units u16,
-- desk u8 and ends at u64 if held; 'P' if the person holds something else; 'B' and with its length
-- u8 the id if there is a booking; 'T' if all is taken.

local holding, days, first_ends_key, version, feed = unpack(KEYS, 2, 6)
local people, wishes, terms = tonumber(ARGV[2]), ARGV[3], ARGV[4]
local HOLDERS, NAMES = 4, 4 + people
local number_of_days = #ARGV - NAMES
local BOOKED, DAYS, ENDS = 6, 6 + people, 6 + people + number_of_days
-- The epoch and what is booked.
local known = redis.call('MGET', KEYS[1], unpack(KEYS, BOOKED + 1, DAYS))
if known[1] ~= ARGV[1] then
  return {'lost'}
end
local time = now()
local this_hour, next_hour = holding_at(holding, time), holding_at(holding, time + HOUR)
local held_this_hour = redis.call('HMGET', this_hour, unpack(ARGV, HOLDERS + 1, NAMES))
local held_next_hour = redis.call('HMGET', next_hour, unpack(ARGV, HOLDERS + 1, NAMES))
local first_ends = redis.call('HMGET', first_ends_key, unpack(ARGV, NAMES + 1))
local HELD = '<c1I2I2BI8'
-- What people took in this call: by their names, and as fields and values of each hash.
local taken, new_in_hash = {}, {[this_hour] = {}, [next_hour] = {}}
-- Of each day that was opened what is new in its sorted set, and whether that began with it. Then
-- the first ends that changed.
local new_ends, began, new_first_ends = {}, {}, {}

-- The number of the lowest of 32 bits that is set.
local function lowest_bit(bits)
  local _, exponent = math.frexp(math.abs(bit.band(bits, -bits)))
  return exponent - 1
end

local function lowest_free(rows, low, high)
  for at = 1, #rows - 7, 8 do
    local taken_low, taken_high = struct.unpack('<I4I4', rows, at)
    low = bit.band(low, bit.bnot(taken_low))
    high = bit.band(high, bit.bnot(taken_high))
  end
  if low ~= 0 then
    return lowest_bit(low)
  end
  return high ~= 0 and 32 + lowest_bit(high) or nil
end

local function alive(held)
  return held and struct.unpack('<I8', held, MARK_SIZE + 1) > time and held
end

-- What is in the way of the person.
local function refusal(person, id, replaces)
  local held = taken[ARGV[HOLDERS + person]]
    or alive(held_this_hour[person]) or alive(held_next_hour[person])
  if held then
    local start, units, desk, holder, ends_at = struct.unpack(HOLDING, held)
    return holder == id and struct.pack(HELD, 'H', start, units, desk, ends_at) or 'P'
  end
  local booking = known[1 + person]
  if booking and booking ~= replaces then
    return struct.pack('<c1Bc0', 'B', #booking, booking)
  end
end

-- The whole day at once: a string that grows step by step keeps spare room.
local function make_room(number)
  local day, marks = KEYS[DAYS + number], redis.call('GET', KEYS[DAYS + number]) or ''
  local units, expires_at = struct.unpack('<I4I8', terms, 12 * number - 11)
  redis.call('SET', day, marks .. string.rep('\0', units * 8 - #marks), 'PXAT', text(expires_at))
  redis.call('HSETNX', days, ARGV[NAMES + number], '0')
end

-- The lowest free desk of the first offer that has one.
local function take(number, offers, at)
  local day = KEYS[DAYS + number]
  for at = at, at + (offers - 1) * 12, 12 do
    local start, units, low, high = struct.unpack('<I2I2I4I4', wishes, at)
    local rows = redis.call('GETRANGE', day, text(start * 8), text((start + units) * 8 - 1))
    local desk = lowest_free(rows, low, high)
    if desk then
      if #rows < units * 8 then
        make_room(number)
      end
      mark(day, start, units, desk, true)
      return start, units, desk
    end
  end
end

-- Takes out what has ended on a day, once in a call.
local function open(number)
  local first_end = first_ends[number]
  if first_end and tonumber(first_end) <= time then
    first_ends[number] = clear_expired(KEYS[DAYS + number], KEYS[ENDS + number], first_ends_key,
      ARGV[NAMES + number], time)
  end
  new_ends[number] = {}
end

local function append(list, one, other)
  local length = #list
  list[length + 1], list[length + 2] = one, other
end

local function hold(person, number, id, lasts, replaces, offers, at)
  local refused = refusal(person, id, replaces)
  if refused then
    return refused
  end
  if not new_ends[number] then
    open(number)
  end
  local start, units, desk = take(number, offers, at)
  if not desk then
    return 'T'
  end
  local ends_at = time + lasts
  local first_end = first_ends[number]
  if not first_end or ends_at < tonumber(first_end) then
    first_ends[number], began[number] = text(ends_at), began[number] or not first_end
    append(new_first_ends, ARGV[NAMES + number], first_ends[number])
  end
  local holder, held = ARGV[HOLDERS + person], struct.pack(HOLDING, start, units, desk, id, ends_at)
  append(new_ends[number], text(ends_at), string.sub(held, 1, MARK_SIZE))
  append(new_in_hash[holding_at(holding, ends_at)], holder, held)
  taken[holder] = held
  return struct.pack(HELD, 'H', start, units, desk, ends_at)
end

local answers, at = {}, 1
for person = 1, people do
  local number, id, lasts, replaces, offers, offers_at = struct.unpack('<Bc16I4Bc0I2', wishes, at)
  answers[person] = hold(person, number, id, lasts, replaces, offers, offers_at)
  at = offers_at + offers * 12
end

local changed = {}
for number, new in pairs(new_ends) do
  if #new > 0 then
    local day_name = ARGV[NAMES + number]
    redis.call('ZADD', KEYS[ENDS + number], unpack(new))
    if began[number] then
      local _, expires_at = struct.unpack('<I4I8', terms, 12 * number - 11)
      redis.call('PEXPIREAT', KEYS[ENDS + number], text(expires_at))
    end
    changed[#changed + 1] = day_name
  end
end
for hash, new in pairs(new_in_hash) do
  if #new > 0 then
    redis.call('HSET', hash, unpack(new))
    redis.call('PEXPIREAT', hash, text(end_of_hour(hash == this_hour and time or time + HOUR)))
  end
end
if #new_first_ends > 0 then
  redis.call('HSET', first_ends_key, unpack(new_first_ends))
end
if #changed > 0 then
  tell(version, feed, table.concat(changed, ' '))
end
return {'done', table.concat(answers)}
