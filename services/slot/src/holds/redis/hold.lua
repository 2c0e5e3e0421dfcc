-- Takes a seat for each of some people, one after the other: for each all of it or nothing.
-- Requests that come together share what the script reads and returns anyway. See hold.rs.
--
-- Nothing else runs as often. Redis' Lua hashes every byte of every string that is made, and to call
-- a function takes as long as ten steps: so the caller sends as text what it knows, and few strings
-- are made here. A byte is looked at by arithmetic, since `bit` would be calls.

local call, byte, char, sub = redis.call, string.byte, string.char, string.sub
local keys, arguments = KEYS, ARGV
local names, days = arguments[2], arguments[3]
local WHO, OFFERS = 2, 8
local known = call('MGET', unpack(keys))
if known[1] ~= arguments[1] then
  return {'lost', 0}
end
local time = now()
-- The last thing that was looked at of what must be known of people.
local fact = WHO + byte(days)

-- The day of the moment, and what is new in the hash of what keeps its seats.
local day_at, name, marks, seats
local kept, kept_size = {}, 0

-- How long the hold of the moment lasts; when it begins and ends, packed; the same after no booking;
-- its end; and what is new in the list of what ends then.
local lasts, times, beginning, ends_at
local ending, ending_size = {}, 0

local function remember_ends()
  if ending_size > 0 then
    remember_end(names .. 'ends:', time + lasts, unpack(ending, 1, ending_size))
    ending_size = 0
  end
end

local function now_lasts(milliseconds)
  remember_ends()
  lasts, times = milliseconds, struct.pack('<I8I8', time, time + milliseconds)
  beginning, ends_at = string.rep('\0', BOUND_SIZE) .. times, text(time + milliseconds)
end

-- The lowest wanted desk that is closed for the whole span, and the closed place.
local function lowest_closed(closed, from, til, terms, at, runs)
  local best, place = 64, nil
  for _, field in ipairs(call('HKEYS', closed)) do
    local desk, closed_from, closed_til = struct.unpack(PLACE, field)
    if desk < best and closed_from <= from and til <= closed_til then
      for run = at, at + 2 * runs - 2, 2 do
        local lowest, highest = byte(terms, run, run + 1)
        if lowest <= desk and desk <= highest then
          best, place = desk, field
        end
      end
    end
  end
  return best, place
end

-- Takes a desk out of the closed time around the span: the desk, and what it was closed for.
local function take_closed(span, terms, at, runs)
  local closed, from, til = names .. 'closed:' .. name, struct.unpack('<I2I2', span)
  local desk, around = lowest_closed(closed, from, til, terms, at, runs)
  if not around then
    return
  end
  local _, closed_from, closed_til = struct.unpack(PLACE, around)
  local within, life = call('HGET', closed, around), call('PTTL', closed)
  call('HDEL', closed, around)
  if closed_from < from then
    call('HSET', closed, struct.pack(PLACE, desk, closed_from, from), within)
  end
  if til < closed_til then
    call('HSET', closed, struct.pack(PLACE, desk, til, closed_til), within)
  end
  call('PEXPIRE', closed, text(life))
  return desk, within
end

-- The lowest wanted desk that is free in each group of rows, and its marks in the first and the
-- last. Of a byte, `% above` leaves the minutes before the end of the span; if that is less than
-- `from`, they are all before its beginning.
local function lowest_free(rows, from, first_above, above, distance, terms, at, runs)
  for run = at, at + 2 * runs - 2, 2 do
    local lowest, highest = byte(terms, run, run + 1)
    for desk = lowest, highest do
      local first = byte(rows, desk + 1)
      if first % first_above < from then
        if distance == 0 then
          return desk, first
        end
        local middle, final = desk + 65, desk + 1 + distance
        while middle < final and byte(rows, middle) == 0 do
          middle = middle + 64
        end
        local last = byte(rows, final)
        if middle == final and last % above == 0 then
          return desk, first, last
        end
      end
    end
  end
end

-- Rows from their beginning to a desk in the last group, with other marks of that desk. Each usual
-- number of groups has an expression of its own, because a loop makes a string in each round.
local function with_marks(rows, desk, distance, first, last)
  if distance == 0 then
    return sub(rows, 1, desk) .. first
  elseif distance == 64 then
    return sub(rows, 1, desk) .. first .. sub(rows, desk + 2, desk + 64) .. last
  elseif distance == 128 then
    return sub(rows, 1, desk) .. first .. sub(rows, desk + 2, desk + 64) .. '\255'
      .. sub(rows, desk + 66, desk + 128) .. last
  end
  local changed = sub(rows, 1, desk) .. first .. sub(rows, desk + 2, desk + 64)
  for middle = desk + 65, desk + distance - 63, 64 do
    changed = changed .. '\255' .. sub(rows, middle + 1, middle + 63)
  end
  return changed .. last
end

-- The lowest free desk of the first offer that has one, and for staff also what is closed: the
-- place, and what it was closed for.
local function take(terms, offers, at_desk)
  local at = OFFERS
  for _ = 1, offers do
    local from, upto, groups, runs, first_size, last_size = byte(terms, at + 4, at + 9)
    local span, last_at = sub(terms, at, at + 3), at + 10 + first_size
    local first, above, distance = sub(terms, at + 10, last_at - 1), upto + 1, groups * 64
    at = last_at + last_size
    local rows = call('GETRANGE', marks, first, sub(terms, last_at, at - 1))
    if #rows < distance + 64 then
      local expires_at = struct.unpack('<i8', days, day_at + 1)
      open_day(names .. 'days', marks, seats, name, text(expires_at))
      rows = string.rep('\0', distance + 64)
    end
    local first_above = distance == 0 and above or 256
    local desk, first_marks, last_marks =
      lowest_free(rows, from, first_above, above, distance, terms, at, runs)
    if desk then
      first_marks = char(first_marks + first_above - from)
      last_marks = last_marks and char(last_marks + upto)
      call('SETRANGE', marks, first, with_marks(rows, desk, distance, first_marks, last_marks))
      return char(desk) .. span
    end
    if at_desk then
      local closed_desk, within = take_closed(span, terms, at, runs)
      if closed_desk then
        return char(closed_desk) .. span, within
      end
    end
    at = at + 2 * runs
  end
end

-- Until when a booking matters that a person has, and the answer if they may not hold.
local function look_at(has, id, replaces)
  local held = held_by(has, time)
  if held then
    local present = sub(has, BOUND_SIZE + 1)
    return 0, struct.pack('<c1I2c0', held == id and 'S' or 'P', #present, present)
  end
  local booking, booked_until = struct.unpack(BOUND, has)
  return booked_until, booked_until > time and booking ~= replaces and 'B' .. booking or nil
end

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

local function hold(terms, keeps, record)
  local who, flags, entitled, offers, low, middle, high = byte(terms, 1, 7)
  local enough = is_known(flags >= 2, entitled)
  who = WHO + who
  local has, booked_until = known[who], 0
  if has then
    local refusal
    booked_until, refusal = look_at(has, sub(keeps, 2, 17), sub(record, 27, 42))
    if refusal then
      return refusal
    end
  end
  if not enough then
    return 'F'
  end
  local place, within = take(terms, offers, flags % 2 == 1)
  if not place then
    return 'T'
  end
  local milliseconds = low + 256 * middle + 65536 * high
  if milliseconds ~= lasts then
    now_lasts(milliseconds)
  end
  local now_has, til
  if booked_until > time then
    now_has = sub(has, 1, BOUND_SIZE) .. times .. place .. record
    til = text(math.max(time + lasts, booked_until))
  else
    now_has, til = beginning .. place .. record, ends_at
  end
  -- For whoever asks twice in this call.
  known[who] = now_has
  call('SET', keys[who], now_has, 'PXAT', til)
  if within then
    keeps = sub(keeps, 1, 17) .. within .. sub(keeps, 35)
  end
  kept[kept_size + 1], kept[kept_size + 2] = place, keeps .. times
  kept_size = kept_size + 2
  ending_size = ending_size + 1
  ending[ending_size] = place .. sub(keeps, 2, 17) .. name
  return place
end

local answers, answered, changed, at = {}, 0, {}, 3
for this = 2, #days, 9 do
  at = at + 1
  day_at, name = this, arguments[at]
  marks, seats = names .. 'marks:' .. name, names .. 'seats:' .. name
  for _ = 1, byte(days, this) do
    answered = answered + 1
    answers[answered] = hold(arguments[at + 1], arguments[at + 2], arguments[at + 3])
    at = at + 3
  end
  if kept_size > 0 then
    call('HSET', seats, unpack(kept, 1, kept_size))
    kept_size = 0
    changed[#changed + 1] = name
  end
end
remember_ends()
local version = 0
if #changed > 0 then
  version = tell(keys[2], names .. 'feed', table.concat(changed, ' '), known[2])
end
return {'done', version, time, table.concat(answers)}
