-- Takes a seat for each of some people, one after the other: for each all of it or nothing.
-- Requests that come together share what the script reads and returns anyway. See hold.rs.

local people, facts, commands, ends_prefix = tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4], ARGV[5]
local WHO, FACTS, DAYS, NAMES = 2, 2 + people, 4 + people + facts, 5
local known = redis.call('MGET', unpack(KEYS, 1, FACTS + facts))
if known[1] ~= ARGV[1] then
  return {'lost', 0}
end
local band, bor, bnot, rshift, unpack_bytes = bit.band, bit.bor, bit.bnot, bit.rshift, struct.unpack
local byte, char, sub = string.byte, string.char, string.sub
local time = now()
-- What people have after they took something in this call, by their key.
local taken = {}
-- What is new in the hash of each day, by its number, and in the lists of what ends, by how long
-- it lasts.
local new_seats, new_ends = {}, {}
-- By how long it lasts: when a hold begins and ends, packed; the same after no booking; its end.
local times, beginnings, ends = {}, {}, {}

local function prepare(lasts)
  times[lasts] = struct.pack('<I8I8', time, time + lasts)
  beginnings[lasts] = string.rep('\0', BOUND_SIZE) .. times[lasts]
  ends[lasts], new_ends[lasts] = text(time + lasts), {}
end

-- The lowest desk among 32 wanted ones that is free in each group of rows. Looks at four at once.
local function lowest_free(rows, masks, wanted, desk)
  while wanted ~= 0 do
    local four = band(wanted, 15)
    if four ~= 0 then
      local marks = 0
      for group = 1, #masks do
        marks = bor(marks, band(unpack_bytes('<I4', rows, group * 64 + desk - 63), masks[group]))
      end
      -- Whether any of the four bytes is zero: only then subtracting one borrows from its highest bit.
      if band(marks - 0x01010101, bnot(marks), 0x80808080) ~= 0 then
        for at = desk, desk + 3 do
          if band(four, 1) == 1 and band(marks, 255) == 0 then
            return at
          end
          four, marks = rshift(four, 1), rshift(marks, 8)
        end
      end
    end
    wanted, desk = rshift(wanted, 4), desk + 4
  end
end

-- The lowest desk that is closed for the whole span, and the closed place.
local function lowest_closed(closed, from, til, low, high)
  local best, place
  for _, field in ipairs(redis.call('HKEYS', closed)) do
    local desk, closed_from, closed_til = struct.unpack(PLACE, field)
    local half = desk < 32 and low or high
    local is_wanted = band(rshift(half, desk % 32), 1) == 1
    if is_wanted and closed_from <= from and til <= closed_til and desk < (best or 64) then
      best, place = desk, field
    end
  end
  return best, place
end

-- The lowest free desk of the first offer that has one, and for staff also what is closed.
local function take(number, offers, at, at_desk)
  local marks = KEYS[DAYS + 3 * number - 2]
  for at = at, at + (offers - 1) * 12, 12 do
    local from, til, low, high = unpack_bytes('<I2I2I4I4', commands, at)
    local first, last = groups_of(from, til)
    local rows = redis.call('GETRANGE', marks, text(first * 64), text(last * 64 + 63))
    local masks = {}
    for group = first, last do
      masks[group - first + 1] = mask_of(group, from, til) * 0x01010101
    end
    if #rows < #masks * 64 then
      local name, seats = NAMES + 2 * number - 1, KEYS[DAYS + 3 * number - 1]
      open_day(KEYS[DAYS], marks, seats, ARGV[name], ARGV[name + 1])
      rows = string.rep('\0', #masks * 64)
    end
    local desk = lowest_free(rows, masks, low, 0) or lowest_free(rows, masks, high, 32)
    if desk then
      local index = desk + 1
      local changed = char(band(bor(byte(rows, index), masks[1]), 255))
      for group = 2, #masks do
        changed = changed .. sub(rows, index + 1, index + 63)
          .. char(band(bor(byte(rows, index + 64), masks[group]), 255))
        index = index + 64
      end
      redis.call('SETRANGE', marks, text(first * 64 + desk), changed)
      return struct.pack(PLACE, desk, from, til)
    end
    if at_desk then
      local closed = KEYS[DAYS + 3 * number]
      local free_desk, around = lowest_closed(closed, from, til, low, high)
      if free_desk then
        local within = redis.call('HGET', closed, around)
        cut_closed(closed, around, free_desk, from, til)
        return struct.pack(PLACE, free_desk, from, til), within
      end
    end
  end
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

local function hold(person, number, flags, enough, lasts, kept, record, offers, at)
  local who = KEYS[WHO + person]
  local has = taken[who] or known[WHO + person]
  local booked_until = 0
  if has then
    local held = held_by(has, time)
    if held then
      local present = sub(has, BOUND_SIZE + 1)
      local answer = held == sub(kept, 2, 17) and 'S' or 'P'
      return struct.pack('<c1I2c0', answer, #present, present)
    end
    local booking
    booking, booked_until = struct.unpack(BOUND, has)
    if booked_until > time and booking ~= sub(record, 27, 42) then
      return 'B' .. booking
    end
  end
  if not enough then
    return 'F'
  end
  local place, within = take(number, offers, at, flags % 2 == 1)
  if not place then
    return 'T'
  end
  if not times[lasts] then
    prepare(lasts)
  end
  local now_has, til
  if booked_until > time then
    now_has = sub(has, 1, BOUND_SIZE) .. times[lasts] .. place .. record
    til = text(math.max(time + lasts, booked_until))
  else
    now_has, til = beginnings[lasts] .. place .. record, ends[lasts]
  end
  taken[who] = now_has
  redis.call('SET', who, now_has, 'PXAT', til)
  if within then
    kept = sub(kept, 1, 17) .. within .. sub(kept, 35)
  end
  local seats, list = new_seats[number], new_ends[lasts]
  if not seats then
    seats = {}
    new_seats[number] = seats
  end
  seats[#seats + 1] = place
  seats[#seats + 1] = kept .. times[lasts]
  list[#list + 1] = place .. sub(kept, 2, 17) .. ARGV[NAMES + 2 * number - 1]
  return 'H' .. place
end

local answers, at = {}, 1
for person = 1, people do
  local number, flags, entitled, lasts, kept, record, offers, offers_at =
    unpack_bytes('<BBBI4Bc0I2c0I2', commands, at)
  local enough = is_known(flags >= 2, entitled)
  answers[person] = hold(person, number, flags, enough, lasts, kept, record, offers, offers_at)
  at = offers_at + offers * 12
end

local changed = {}
for number, new in pairs(new_seats) do
  redis.call('HSET', KEYS[DAYS + 3 * number - 1], unpack(new))
  changed[#changed + 1] = ARGV[NAMES + 2 * number - 1]
end
for lasts, new in pairs(new_ends) do
  remember_end(ends_prefix, time + lasts, unpack(new))
end
local version = 0
if #changed > 0 then
  version = told(known[2], redis.call('RPUSH', KEYS[DAYS - 1], table.concat(changed, ' ')),
    KEYS[2], KEYS[DAYS - 1])
end
return {'done', version, time, table.concat(answers)}
