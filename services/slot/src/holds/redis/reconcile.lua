-- Puts one day right. See reconcile.rs.

local marks, seats, closed, returning, days, base, feed, compared = unpack(KEYS, 2)
local expected, day_name, day_expires_at, durable_marks, ends_prefix, digest = unpack(ARGV, 2, 7)
local DURABLE = 7

if lost() then
  return {'lost', 0}
end
if (redis.call('HGET', seats, 'v') or '0') ~= expected then
  return {'changed', 0}
end

local time = now()
local had = redis.call('GET', marks)
if not had and #durable_marks == 0 then
  return {'same', 0}
end
local before = {seats = redis.call('HGETALL', seats), closed = redis.call('HGETALL', closed)}
-- What will be there.
local after = {seats = {}, closed = {}}
for at = DURABLE + 1, #ARGV, 2 do
  local place, value = ARGV[at], ARGV[at + 1]
  after[string.sub(value, 1, 1) == 'c' and 'closed' or 'seats'][place] = value
end
redis.call('SET', marks, durable_marks .. string.rep('\0', LONGEST_DAY - #durable_marks),
  'PXAT', day_expires_at)

local function is_free(desk, from, til)
  return marked(durable_marks, desk, from, til) == 'none'
end

-- The place that the database closed around this one.
local function closed_around(id, desk, from, til)
  for place, value in pairs(after.closed) do
    local other_desk, other_from, other_til = struct.unpack(PLACE, place)
    if value == 'c' .. id and other_desk == desk and other_from <= from and til <= other_til then
      return place, other_from, other_til
    end
  end
end

-- Takes over what is not durable and overlaps nothing durable.
local function keep(place, value)
  local kind = string.sub(value, 1, 1)
  local desk, from, til = struct.unpack(PLACE, place)
  if kind == 'h' then
    local _, id, within, closed_id = struct.unpack(HELD, value)
    local around, first, last
    if within == 'c' then
      around, first, last = closed_around(closed_id, desk, from, til)
    end
    if around then
      after.closed[around] = nil
      if first < from then
        after.closed[struct.pack(PLACE, desk, first, from)] = 'c' .. closed_id
      end
      if til < last then
        after.closed[struct.pack(PLACE, desk, til, last)] = 'c' .. closed_id
      end
    elseif is_free(desk, from, til) then
      if within == 'c' then
        value = without_closed(value)
      end
      mark(marks, desk, from, til, true)
    else
      return
    end
    after.seats[place] = value
    if ends_at_of(value) < time - 3 * BUCKET then
      -- It was not ended in time: its list may have been lost.
      remember_end(ends_prefix, time, place .. id .. day_name)
    end
  elseif kind == 'e' and is_free(desk, from, til) then
    after.seats[place] = value
    mark(marks, desk, from, til, true)
    redis.call('SADD', returning, place .. day_name)
    redis.call('PEXPIRE', returning, TWO_DAYS)
  elseif kind == 'k' and is_free(desk, from, til) then
    after.closed[place] = value
    mark(marks, desk, from, til, true)
  end
end

for _, hash in ipairs({before.seats, before.closed}) do
  for at = 1, #hash, 2 do
    if #hash[at] == PLACE_SIZE then
      keep(hash[at], hash[at + 1])
    end
  end
end

-- Writes a hash if it is not as it should be. Whether it was not.
local function put_right(key, was, should)
  local different, left = false, {}
  for place, value in pairs(should) do
    left[place] = value
  end
  for at = 1, #was, 2 do
    local place = was[at]
    if #place == PLACE_SIZE then
      if should[place] == nil then
        redis.call('HDEL', key, place)
        different = true
      elseif should[place] == was[at + 1] then
        left[place] = nil
      end
    end
  end
  for place, value in pairs(left) do
    redis.call('HSET', key, place, value)
    different = true
  end
  if different then
    redis.call('PEXPIREAT', key, day_expires_at)
  end
  return different
end

local different = put_right(seats, before.seats, after.seats)
different = put_right(closed, before.closed, after.closed) or different
local should = redis.call('GET', marks)
if not had then
  redis.call('SADD', days, day_name)
end
if should == had and not different then
  redis.call('HSET', compared, day_name, digest)
  return {'same', 0}
end
redis.call('HSETNX', seats, 'v', '0')
durable_changed(seats, day_expires_at, compared, day_name)
redis.call('PEXPIREAT', seats, day_expires_at)
redis.call('HSET', compared, day_name, digest)
return {'done', tell(base, feed, day_name)}
