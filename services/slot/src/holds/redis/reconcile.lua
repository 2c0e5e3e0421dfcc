-- Puts one day right: its marks become the claims of the database and the live holds that collide
-- with none of them. Only if no booking of the day changed after the claims were read; people may
-- hold and release meanwhile.
--
-- KEYS  epoch, day, ends, first ends, contested, days, version, feed, then per active booking: booked
-- ARGV  epoch, day name, expected version, day expires at, marks of the claims (8 bytes a unit)
--       without the seats given back for later, then per active booking: its id, then per seat
--       given back for later: free at, member of the sorted set
-- Gives {'done'}, {'changed'} or {'lost'}.

local epoch, day, ends, first_ends, contested, days, version, feed = unpack(KEYS, 1, 8)
local day_name, expected, day_expires_at, marks = ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local BOOKED, ARGUMENTS = 8, 5
local active = #KEYS - BOOKED

if lost() then
  return {'lost'}
end
if (redis.call('HGET', days, day_name) or '0') ~= expected then
  return {'changed'}
end

local function is_taken(start, units, desk)
  for unit = start, start + units - 1 do
    if redis.call('GETBIT', day, text(bit_of(unit, desk))) == 1 then
      return true
    end
  end
  return false
end

local time = now()
clear_expired(day, ends, first_ends, day_name, time)
local members = redis.call('ZRANGE', ends, '0', '-1')
local length = redis.call('STRLEN', day)
redis.call('SET', day, marks .. string.rep('\0', length - #marks), 'PXAT', day_expires_at)
local given_back = {}
for at = ARGUMENTS + active + 1, #ARGV, 2 do
  local free_at, member = ARGV[at], ARGV[at + 1]
  -- If that moment came in between, the seat may be somebody's by now.
  if tonumber(free_at) > time then
    local start, units, desk = struct.unpack(MARK, member)
    mark(day, start, units, desk, true)
    redis.call('ZADD', ends, free_at, member)
    given_back[member] = true
  end
end
for _, member in ipairs(members) do
  local start, units, desk = struct.unpack(MARK, member)
  if given_back[member] then
    -- It is there already.
  elseif is_taken(start, units, desk) then
    redis.call('ZREM', ends, member)
  else
    mark(day, start, units, desk, true)
  end
end
redis.call('PEXPIREAT', ends, day_expires_at)
look_for_first_end(ends, first_ends, day_name)
for at = 1, active do
  redis.call('SET', KEYS[BOOKED + at], ARGV[ARGUMENTS + at], 'PXAT', day_expires_at)
end
redis.call('DEL', contested)
bookings_changed(days, version, feed, day_name)
return {'done'}
