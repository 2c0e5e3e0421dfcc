-- Ends expired holds. See end_expired.rs.

local ended_until, returning, base, feed, compared = unpack(KEYS, 2)
local names, limit, until_noted = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])

if lost() then
  return {'lost', 0}
end
local time = now()
local this = math.floor(time / BUCKET)
local oldest = this - 361
local before = tonumber(redis.call('GET', ended_until) or oldest)
if before < oldest then
  -- Lists were not read in time and are gone. The comparison finds the holds in them, so that no day
  -- counts as compared.
  redis.call('DEL', compared)
end
-- No list is older.
local bucket, ended, changed = math.max(before, oldest), {}, {}

-- Ends the hold of an entry, unless it is over already or was extended.
local function end_entry(entry)
  local place, id = string.sub(entry, 1, PLACE_SIZE), string.sub(entry, PLACE_SIZE + 1, PLACE_SIZE + 16)
  local day_name = string.sub(entry, PLACE_SIZE + 17)
  local seats = names .. 'seats:' .. day_name
  local value = redis.call('HGET', seats, place)
  if not is_hold(value, id) or ends_at_of(value) > time then
    return
  end
  if end_hold(seats, names .. 'closed:' .. day_name, returning, place, day_name, value, time) then
    changed[#changed + 1] = day_name
  end
  local person = string.sub(value, PERSON, PERSON + 15)
  note(names .. 'history:' .. person, time, time + until_noted)
  ended[#ended + 1] = struct.pack('<Bc0', #day_name, day_name) .. place .. value
end

while bucket + 1 < this and #ended < limit do
  local entries = redis.call('LPOP', names .. 'ends:' .. text(bucket + 1), text(limit - #ended))
  if entries then
    for _, entry in ipairs(entries) do
      end_entry(entry)
    end
  else
    bucket = bucket + 1
  end
end
if bucket ~= before then
  redis.call('SET', ended_until, text(bucket), 'PX', TWO_DAYS)
end
local version = #changed > 0 and tell(base, feed, table.concat(changed, ' ')) or 0
return {'done', version, ended, (this + 1) * BUCKET - time}
