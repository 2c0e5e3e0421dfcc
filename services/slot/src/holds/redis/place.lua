-- Marks the seat of a durable reservation. See place.rs.

local marks, seats, closed, days, base, feed, compared, who = unpack(KEYS, 2)
local kind, id, place, day_name, day_expires_at = unpack(ARGV, 2, 6)
local desk, from, til = struct.unpack(PLACE, place)

if lost() then
  return {'lost', 0}
end
open_day(days, marks, seats, day_name, day_expires_at)
durable_changed(seats, day_expires_at, compared, day_name)

-- Whether what is there may become the reservation: 'yes', 'no', or 'is' if it is there already.
local function may()
  local kept, shut = overlapping(seats, desk, from, til), overlapping(closed, desk, from, til)
  if #kept + #shut == 0 then
    return marked(redis.call('GET', marks), desk, from, til) == 'some' and 'no' or 'yes'
  end
  local all_within, only_same = kind == 'c', #kept + #shut == 1
  for _, field in ipairs(kept) do
    local value = redis.call('HGET', seats, field)
    local is_held = string.sub(value, 1, 1) == 'h'
    all_within = all_within and is_held and is_within(value, id)
    only_same = only_same and field == place and string.sub(value, 2, 17) == id
  end
  for _, field in ipairs(shut) do
    local is_ours = string.sub(redis.call('HGET', closed, field), 2) == id
    all_within = all_within and is_ours
    only_same = only_same and field == place and is_ours
  end
  return all_within and 'is' or only_same and 'yes' or 'no'
end

local answer = may()
if answer ~= 'yes' then
  return {answer == 'is' and 'done' or 'reconcile', 0}
end
mark(marks, desk, from, til, true)
redis.call('HDEL', seats, place)
redis.call('HDEL', closed, place)
if kind == 'c' then
  redis.call('HSET', closed, place, kind .. id)
  redis.call('PEXPIREAT', closed, day_expires_at)
elseif kind ~= 'b' then
  redis.call('HSET', seats, place, kind .. id)
elseif who then
  local has, time = redis.call('GET', who), now()
  local bound, til = struct.pack(BOUND, id, tonumber(day_expires_at)), tonumber(day_expires_at)
  local held, ends_at = held_by(has, time)
  if held and held ~= id then
    bound, til = bound .. string.sub(has, BOUND_SIZE + 1), math.max(til, ends_at)
  end
  redis.call('SET', who, bound, 'PXAT', text(til))
end
return {'done', tell(base, feed, day_name)}
