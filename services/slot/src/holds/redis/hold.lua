-- Takes a seat for each of some people, one after the other: for each all of it or nothing. Those
-- who come together share what the script must read and tell anyway.
--
-- KEYS  epoch, then per person: booked, then per day: day, then per day: ends; then prefix of the
--       hashes of what is held, days, version, feed
-- ARGV  epoch, number of people, then per person: how the hashes call them in this group, then per
--       person: wish, then per day: number of units u32, expires at u64 and its name. A wish is
--       packed: number of the day u8, 16 bytes of hold id, milliseconds u32, then with its length
--       u8 the replaced booking id or nothing, then offers (each: first unit u16, units u16, desks
--       u64)
-- Gives {'lost'} or {'done', answers}, packed one after the other: 'H', start u16, units u16,
-- desk u8 and ends at u64 if held; 'P' if the person holds something else; 'B' and with its length
-- u8 the id if there is a booking; 'T' if all is taken.

local people = tonumber(ARGV[2])
local HOLDERS, WISHES, DAYS = 2, 2 + people, 2 + 2 * people
local number_of_days = #ARGV - DAYS
-- Where the keys begin, and what was found there.
local BOOKED, DAY, ENDS = 1, 1 + people, 1 + people + number_of_days
local known = redis.call('MGET', unpack(KEYS, 1, ENDS))
if known[1] ~= ARGV[1] then
  return {'lost'}
end
local holding, days, version, feed = unpack(KEYS, ENDS + number_of_days + 1)
local time = now()
local this_hour, next_hour = holding_at(holding, time), holding_at(holding, time + HOUR)
local held_this_hour = redis.call('HMGET', this_hour, unpack(ARGV, HOLDERS + 1, WISHES))
local held_next_hour = redis.call('HMGET', next_hour, unpack(ARGV, HOLDERS + 1, WISHES))
local HELD = '<c1I2I2BI8'
-- What people took in this call: by their names, and as fields and values of each hash.
local taken, new_in_hash = {}, {[this_hour] = {}, [next_hour] = {}}
-- Of each day that was opened: when its first mark ends, and what is new in its sorted set.
local first_ends, new_ends = {}, {}

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
  local booking = known[BOOKED + person]
  if booking and booking ~= replaces then
    return struct.pack('<c1Bc0', 'B', #booking, booking)
  end
end

-- Gives a day all its rows, and takes out what has ended.
local function open(number)
  local day, marks = KEYS[DAY + number], known[DAY + number] or ''
  local units, expires_at = struct.unpack('<I4I8', ARGV[DAYS + number])
  if #marks < HEAD + units * 8 then
    -- The whole day at once: a string that grows step by step keeps spare room.
    marks = marks .. string.rep('\0', HEAD + units * 8 - #marks)
    redis.call('SET', day, marks, 'PXAT', text(expires_at))
    redis.call('HSETNX', days, string.sub(ARGV[DAYS + number], 13), '0')
  end
  local first_end = struct.unpack('<I8', marks)
  if first_end ~= 0 and first_end <= time then
    first_end = clear_expired(day, KEYS[ENDS + number], time)
    marks = redis.call('GET', day)
  end
  known[DAY + number], first_ends[number], new_ends[number] = marks, first_end, {}
end

-- The lowest free desk of the first offer that has one.
local function take(number, wish, offers)
  local day, is_as_read = KEYS[DAY + number], #new_ends[number] == 0
  for at = offers, #wish, 12 do
    local start, units, low, high = struct.unpack('<I2I2I4I4', wish, at)
    local from, to = HEAD + start * 8, HEAD + (start + units) * 8
    local rows = is_as_read and string.sub(known[DAY + number], from + 1, to)
      or redis.call('GETRANGE', day, text(from), text(to - 1))
    local desk = lowest_free(rows, low, high)
    if desk then
      mark(day, start, units, desk, true)
      return start, units, desk
    end
  end
end

local function append(list, one, other)
  local length = #list
  list[length + 1], list[length + 2] = one, other
end

local function hold(person)
  local holder, wish = ARGV[HOLDERS + person], ARGV[WISHES + person]
  local number, id, lasts, replaces, offers = struct.unpack('<Bc16I4Bc0', wish)
  local refused = refusal(person, id, replaces)
  if refused then
    return refused
  end
  if not first_ends[number] then
    open(number)
  end
  local start, units, desk = take(number, wish, offers)
  if not desk then
    return 'T'
  end
  local ends_at = time + lasts
  local first_end = first_ends[number]
  if first_end == 0 or ends_at < first_end then
    set_first_end(KEYS[DAY + number], ends_at)
    first_ends[number] = ends_at
  end
  local held = struct.pack(HOLDING, start, units, desk, id, ends_at)
  append(new_ends[number], text(ends_at), string.sub(held, 1, MARK_SIZE))
  append(new_in_hash[holding_at(holding, ends_at)], holder, held)
  taken[holder] = held
  return struct.pack(HELD, 'H', start, units, desk, ends_at)
end

local answers = {}
for person = 1, people do
  answers[person] = hold(person)
end
local changed = {}
for number, new in pairs(new_ends) do
  if #new > 0 then
    local _, expires_at = struct.unpack('<I4I8', ARGV[DAYS + number])
    redis.call('ZADD', KEYS[ENDS + number], unpack(new))
    redis.call('PEXPIREAT', KEYS[ENDS + number], text(expires_at))
    changed[#changed + 1] = string.sub(ARGV[DAYS + number], 13)
  end
end
for hash, new in pairs(new_in_hash) do
  if #new > 0 then
    redis.call('HSET', hash, unpack(new))
    redis.call('PEXPIREAT', hash, text(end_of_hour(hash == this_hour and time or time + HOUR)))
  end
end
if #changed > 0 then
  tell(version, feed, table.concat(changed, ' '))
end
return {'done', table.concat(answers)}
