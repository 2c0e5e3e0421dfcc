-- What is kept on a day goes to the same day of another location. See rename_day.rs.

local marks, seats, closed, to_marks, to_seats, to_closed, returning, days, base, feed, compared = unpack(KEYS, 2)
local names, day_name, to_name, location, day_expires_at, ends_prefix = unpack(ARGV, 2)
-- Where the name of the location is in what a person has; see record.rs.
local HELD_LOCATION = 88

local function is_blank(rows)
  return not string.find(rows, '[^%z]')
end

if lost() then
  return {'lost', 0}
end
local rows = redis.call('GET', marks)
local old = {seats = redis.call('HGETALL', seats), closed = redis.call('HGETALL', closed)}
if not rows or (is_blank(rows) and #old.seats <= 2 and #old.closed == 0) then
  return {'done', 0}
end

-- The marks of both.
local function joined(one, other)
  local groups = {}
  for at = 1, #one, 64 do
    local mine, theirs = string.sub(one, at, at + 63), string.sub(other, at, at + 63)
    if is_blank(theirs) then
      groups[#groups + 1] = mine
    elseif is_blank(mine) then
      groups[#groups + 1] = theirs
    else
      for desk = 1, 64 do
        local both = bit.bor(string.byte(mine, desk), string.byte(theirs, desk) or 0)
        groups[#groups + 1] = string.char(both)
      end
    end
  end
  return table.concat(groups)
end

open_day(days, to_marks, to_seats, to_name, day_expires_at)
redis.call('SET', to_marks, joined(rows, redis.call('GET', to_marks)), 'KEEPTTL')

-- What is there already, in case two locations become one.
local there = {}
for _, hash in ipairs({to_seats, to_closed}) do
  for _, place in ipairs(redis.call('HKEYS', hash)) do
    if #place == PLACE_SIZE then
      there[#there + 1] = {struct.unpack(PLACE, place)}
    end
  end
end

local function is_free(place)
  local desk, from, til = struct.unpack(PLACE, place)
  for _, other in ipairs(there) do
    if other[1] == desk and other[2] < til and from < other[3] then
      return false
    end
  end
  return true
end

-- Whose hold it is sees the new name.
local function rename_held(value, id)
  local who = names .. 'who:' .. string.sub(value, PERSON, -17)
  local has = redis.call('GET', who)
  if has and #has > HELD_LOCATION and string.sub(has, HELD_ID, HELD_ID + 15) == id then
    local rest = HELD_LOCATION + 1 + string.byte(has, HELD_LOCATION)
    redis.call('SET', who, string.sub(has, 1, HELD_LOCATION - 1)
      .. struct.pack('<Bc0', #location, location) .. string.sub(has, rest), 'KEEPTTL')
  end
end

local function move(from, to, place, value)
  redis.call('HDEL', from, place)
  local kind, id = string.sub(value, 1, 1), string.sub(value, 2, 17)
  if kind == 'e' then
    redis.call('SREM', returning, place .. day_name)
  end
  if not is_free(place) then
    return
  end
  redis.call('HSET', to, place, value)
  if kind == 'e' then
    redis.call('SADD', returning, place .. to_name)
    redis.call('PEXPIRE', returning, TWO_DAYS)
  elseif kind == 'h' then
    remember_end(ends_prefix, ends_at_of(value), place .. id .. to_name)
    rename_held(value, id)
  end
end

for at = 1, #old.seats, 2 do
  if #old.seats[at] == PLACE_SIZE then
    move(seats, to_seats, old.seats[at], old.seats[at + 1])
  end
end
for at = 1, #old.closed, 2 do
  move(closed, to_closed, old.closed[at], old.closed[at + 1])
end
redis.call('PEXPIREAT', to_closed, day_expires_at)
durable_changed(seats, day_expires_at, compared, day_name)
durable_changed(to_seats, day_expires_at, compared, to_name)
return {'done', tell(base, feed, day_name .. ' ' .. to_name)}
