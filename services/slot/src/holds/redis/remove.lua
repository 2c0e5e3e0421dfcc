-- Frees the seat of a durable reservation. See remove.rs.

local marks, seats, closed, base, feed, compared = unpack(KEYS, 2)
local id, place, day_name, day_expires_at = unpack(ARGV, 2, 5)
local desk, from, til = struct.unpack(PLACE, place)

if lost() then
  return {'lost', 0}
end
durable_changed(seats, day_expires_at, compared, day_name)
local found = false

local function free(hash, field)
  local _, first, last = struct.unpack(PLACE, field)
  redis.call('HDEL', hash, field)
  mark(marks, desk, first, last, false)
  found = true
end

for _, field in ipairs(overlapping(seats, desk, from, til)) do
  local value = redis.call('HGET', seats, field)
  local kind = string.sub(value, 1, 1)
  if kind == 'h' and is_within(value, id) then
    -- Staff hold it; it is not for the desk any more when that ends.
    redis.call('HSET', seats, field, without_closed(value))
    found = true
  elseif kind ~= 'h' and kind ~= 'e' and string.sub(value, 2) == id then
    free(seats, field)
  end
end
for _, field in ipairs(overlapping(closed, desk, from, til)) do
  if string.sub(redis.call('HGET', closed, field), 2) == id then
    free(closed, field)
  end
end
if found then
  return {'done', tell(base, feed, day_name)}
end
local is_free = marked(redis.call('GET', marks) or '', desk, from, til) == 'none'
return {is_free and 'done' or 'reconcile', 0}
