-- Puts one day right: its marks become the claims of the database and the live holds that collide
-- with none of them. Only if the day is still as it was before the claims were read.
--
-- KEYS  epoch, day, ends, contested, version, changes, then per active booking: booked
-- ARGV  epoch, day name, expected version, day expires at, marks of the claims (8 bytes a unit),
--       then per active booking: its id, then per seat given back for later: free at, member of
--       the sorted set
-- Gives {'done'}, {'changed'} or {'lost'}.

local epoch, day, ends, contested, version, changes = unpack(KEYS, 1, 6)
local day_name, expected, day_expires_at, marks = ARGV[2], tonumber(ARGV[3]), ARGV[4], ARGV[5]

if lost() then
  return {'lost'}
end
if tonumber(redis.call('ZSCORE', changes, day_name) or 0) ~= expected then
  return {'changed'}
end

local function is_claimed(start, units, desk)
  local at = math.floor(desk / 8) + 1
  for unit = start, start + units - 1 do
    local byte = string.byte(marks, unit * 8 + at) or 0
    if bit.band(byte, bit.lshift(1, desk % 8)) ~= 0 then
      return true
    end
  end
  return false
end

clear_expired(day, ends, text(now()))
local length = redis.call('STRLEN', day)
redis.call('SET', day, marks .. string.rep('\0', length - #marks), 'PXAT', day_expires_at)
for _, member in ipairs(redis.call('ZRANGE', ends, 0, -1)) do
  local start, units, desk = struct.unpack(MARK, member)
  if is_claimed(start, units, desk) then
    redis.call('ZREM', ends, member)
  else
    mark(day, start, units, desk, true)
  end
end
local active = #KEYS - 6
for at = 1, active do
  redis.call('SET', KEYS[6 + at], ARGV[5 + at], 'PXAT', day_expires_at)
end
for at = 6 + active, #ARGV, 2 do
  redis.call('ZADD', ends, ARGV[at], ARGV[at + 1])
  redis.call('PEXPIREAT', ends, day_expires_at)
end
redis.call('DEL', contested)
changed(version, changes, {day_name})
return {'done'}
