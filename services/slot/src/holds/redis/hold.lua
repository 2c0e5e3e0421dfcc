-- Takes a seat for each of some people, one after the other: for each all of it or nothing. Those
-- who come together share what the script must read and tell anyway. See hold.rs.

local people, facts, wishes, ends_prefix = tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4], ARGV[5]
local WHO, FACTS, DAYS, NAMES = 2, 2 + people, 4 + people + facts, 5
local feed, days = KEYS[DAYS - 1], KEYS[DAYS]
local known = redis.call('MGET', unpack(KEYS, 1, FACTS + facts))
if known[1] ~= ARGV[1] then
  return {'lost', 0}
end
local time = now()
-- What people have after they took something in this call, by their key.
local taken = {}
-- What is new in the hash of each day, by its number, and in the lists of what ends.
local new_seats, new_ends = {}, {}

local function lowest_free(rows, masks, low, high)
  for word = 0, 15 do
    local wanted = bit.band(bit.rshift(word < 8 and low or high, word % 8 * 4), 15)
    if wanted ~= 0 then
      local marks = 0
      for group = 1, #masks do
        local four = struct.unpack('<I4', rows, group * 64 + word * 4 - 63)
        marks = bit.bor(marks, bit.band(four, masks[group] * 0x01010101))
      end
      for desk = 0, 3 do
        if bit.band(wanted, 2 ^ desk) ~= 0 and bit.band(bit.rshift(marks, desk * 8), 255) == 0 then
          return word * 4 + desk
        end
      end
    end
  end
end

-- The lowest desk that is closed for the whole span, and the closed place.
local function lowest_closed(closed, from, til, low, high)
  local best, place
  for _, field in ipairs(redis.call('HKEYS', closed)) do
    local desk, closed_from, closed_til = struct.unpack(PLACE, field)
    local half = desk < 32 and low or high
    local is_wanted = bit.band(bit.rshift(half, desk % 32), 1) == 1
    if is_wanted and closed_from <= from and til <= closed_til and desk < (best or 64) then
      best, place = desk, field
    end
  end
  return best, place
end

-- The lowest free desk of the first offer that has one, and for staff also what is closed.
local function take(number, offers, at, at_desk)
  local marks, seats, closed = unpack(KEYS, DAYS + 3 * number - 2, DAYS + 3 * number)
  for at = at, at + (offers - 1) * 12, 12 do
    local from, til, low, high = struct.unpack('<I2I2I4I4', wishes, at)
    local first, last = groups_of(from, til)
    local rows = redis.call('GETRANGE', marks, text(first * 64), text(last * 64 + 63))
    local masks = {}
    for group = first, last do
      masks[#masks + 1] = mask_of(group, from, til)
    end
    if #rows < #masks * 64 then
      local name = NAMES + 2 * number - 1
      open_day(days, marks, seats, ARGV[name], ARGV[name + 1])
      rows = string.rep('\0', #masks * 64)
    end
    local desk = lowest_free(rows, masks, low, high)
    if desk then
      local changed = ''
      for group = 1, #masks do
        local index = group * 64 + desk - 63
        changed = changed .. string.char(bit.bor(string.byte(rows, index), masks[group]))
        if group < #masks then
          changed = changed .. string.sub(rows, index + 1, index + 63)
        end
      end
      redis.call('SETRANGE', marks, text(first * 64 + desk), changed)
      return from, til, desk, '-' .. NOTHING
    end
    if at_desk then
      local place
      desk, place = lowest_closed(closed, from, til, low, high)
      if desk then
        local within = redis.call('HGET', closed, place)
        cut_closed(closed, place, desk, from, til)
        return from, til, desk, within
      end
    end
  end
end

local function append(list, one, other)
  local length = #list
  list[length + 1], list[length + 2] = one, other
end

local fact = FACTS
-- Whether enough is known of a person. Goes on to the next one's facts in any case.
local function is_known(no_history, entitled)
  local enough = true
  if no_history then
    fact = fact + 1
    enough = not known[fact]
  end
  for _ = 1, entitled do
    fact = fact + 1
    enough = enough and known[fact]
  end
  return enough
end

local function hold(person, number, flags, enough, id, lasts, replaces, tail, record, offers, at)
  local who = KEYS[WHO + person]
  local has = taken[who] or known[WHO + person]
  local held = held_by(has, time)
  if held then
    local present = string.sub(has, BOUND_SIZE + 1)
    return struct.pack('<c1I2c0', held == id and 'S' or 'P', #present, present)
  end
  local booking, booked_until = NOTHING, 0
  if has then
    booking, booked_until = struct.unpack(BOUND, has)
    if booked_until > time and booking ~= replaces then
      return 'B' .. booking
    end
  end
  if not enough then
    return 'F'
  end
  local from, til, desk, within = take(number, offers, at, flags % 2 == 1)
  if not desk then
    return 'T'
  end
  local ends_at = time + lasts
  local new = struct.pack(HOLD, id, time, ends_at, 0, desk, from, til)
  taken[who] = struct.pack(BOUND, booking, booked_until) .. new .. record
  redis.call('SET', who, taken[who], 'PXAT', text(math.max(ends_at, booked_until)))
  local place = struct.pack(PLACE, desk, from, til)
  new_seats[number] = new_seats[number] or {}
  append(new_seats[number], place, struct.pack('<c1c16I8I8', 'h', id, time, ends_at) .. within .. tail)
  new_ends[ends_at] = new_ends[ends_at] or {}
  append(new_ends[ends_at], place .. id .. ARGV[NAMES + 2 * number - 1])
  return 'H' .. new
end

local answers, at = {}, 1
for person = 1, people do
  local number, flags, entitled, id, lasts, replaces, tail, record, offers, offers_at =
    struct.unpack('<BBBc16I4c16Bc0I2c0I2', wishes, at)
  local enough = is_known(flags >= 2, entitled)
  answers[person] =
    hold(person, number, flags, enough, id, lasts, replaces, tail, record, offers, offers_at)
  at = offers_at + offers * 12
end

local changed = {}
for number, new in pairs(new_seats) do
  redis.call('HSET', KEYS[DAYS + 3 * number - 1], unpack(new))
  changed[#changed + 1] = ARGV[NAMES + 2 * number - 1]
end
for ends_at, new in pairs(new_ends) do
  remember_end(ends_prefix, ends_at, unpack(new))
end
local version = 0
if #changed > 0 then
  local length = redis.call('RPUSH', feed, table.concat(changed, ' '))
  version = tonumber(known[2] or 0) + length
  if length > 2 * FEED then
    redis.call('LTRIM', feed, text(-FEED), '-1')
    redis.call('INCRBY', KEYS[2], text(length - FEED))
  end
end
return {'done', version, table.concat(answers)}
