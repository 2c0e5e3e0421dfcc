-- Takes a seat for each of some people, one after the other: for each all of it or nothing. Those
-- who come together share what the script must know and tell anyway.
--
-- KEYS  epoch, then per person: holding, booked; then version, changes, then per person: day, ends
-- ARGV  epoch, then per person: day name and wish. A wish is packed: 16 bytes of hold id,
--       milliseconds u32, units of the day u32, day expires at u64, then with its length u8 the
--       replaced booking id or nothing, then offers (each: first unit u16, units u16, desks u64)
-- Gives {'lost'} or {'done', answers}, packed one after the other: 'H', start u16, units u16,
-- desk u8 and ends at u64 if held; 'P' if the person holds something else; 'B' and with its length
-- u8 the id if there is a booking; 'T' if all is taken.

local people = (#KEYS - 3) / 4
local version, changes = KEYS[2 * people + 2], KEYS[2 * people + 3]
local known = redis.call('MGET', unpack(KEYS, 1, 2 * people + 1))
if known[1] ~= ARGV[1] then
  return {'lost'}
end
local time = now()
local HELD = '<c1I2I2BI8'
-- By their keys: what people took in this call, and the days that were seen. Then the names of
-- those that changed.
local taken, seen, changed_days = {}, {}, {}

local function lowest_free(rows, low, high)
  for at = 1, #rows - 7, 8 do
    local taken_low, taken_high = struct.unpack('<I4I4', rows, at)
    low = bit.band(low, bit.bnot(taken_low))
    high = bit.band(high, bit.bnot(taken_high))
  end
  if low == 0 and high == 0 then
    return nil
  end
  for desk = 0, 63 do
    if bit.band(desk < 32 and low or high, bit.lshift(1, desk % 32)) ~= 0 then
      return desk
    end
  end
end

-- What is in the way of the person: the key of a hold expires together with the hold.
local function refusal(holding, held, booking, id, replaces)
  if held then
    local start, units, desk, holder = struct.unpack(MARK, held)
    if holder == id then
      return struct.pack(HELD, 'H', start, units, desk, now() + redis.call('PTTL', holding))
    end
    return 'P'
  end
  if booking and booking ~= replaces then
    return struct.pack('<c1Bc0', 'B', #booking, booking)
  end
end

-- The lowest free desk of the first offer that has one.
local function take(day, units_in_day, wish, offers, day_expires_at)
  for at = offers, #wish, 12 do
    local start, units, low, high = struct.unpack('<I2I2I4I4', wish, at)
    local rows = redis.call('GETRANGE', day, start * 8, (start + units) * 8 - 1)
    local desk = lowest_free(rows, low, high)
    if desk then
      -- The whole day at once: a string that grows step by step keeps spare room.
      if #rows < units * 8 then
        local marks = redis.call('GET', day) or ''
        redis.call('SET', day, marks .. string.rep('\0', units_in_day * 8 - #marks))
        redis.call('PEXPIREAT', day, text(day_expires_at))
      end
      mark(day, start, units, desk, true, rows)
      return start, units, desk
    end
  end
end

local function hold(person)
  local holding, booked = KEYS[2 * person], KEYS[2 * person + 1]
  local day, ends = KEYS[2 * (people + person) + 2], KEYS[2 * (people + person) + 3]
  local day_name, wish = ARGV[2 * person], ARGV[2 * person + 1]
  local id, lasts, units_in_day, day_expires_at, replaces, offers =
    struct.unpack('<c16I4I4I8Bc0', wish)

  local held, booking = taken[holding] or known[2 * person], known[2 * person + 1]
  local refused = refusal(holding, held, booking, id, replaces)
  if refused then
    return refused
  end
  if not seen[day] then
    clear_expired(day, ends, text(time))
    seen[day] = 'looked at'
  end
  local start, units, desk = take(day, units_in_day, wish, offers, day_expires_at)
  if not desk then
    return 'T'
  end
  local member, ends_at = struct.pack(MARK, start, units, desk, id), text(time + lasts)
  redis.call('ZADD', ends, ends_at, member)
  redis.call('SET', holding, member, 'PXAT', ends_at)
  taken[holding] = member
  if seen[day] ~= 'changed' then
    redis.call('PEXPIREAT', ends, text(day_expires_at))
    seen[day] = 'changed'
    changed_days[#changed_days + 1] = day_name
  end
  return struct.pack(HELD, 'H', start, units, desk, time + lasts)
end

local answers = {}
for person = 1, people do
  answers[person] = hold(person)
end
changed(version, changes, changed_days)
return {'done', table.concat(answers)}
