-- Shared beginning of the scripts.
--
-- Every script gets the epoch key first and the epoch record that the caller knows as first
-- argument. If they differ, the store was lost or rebuilt: nothing is done.
--
-- Every script answers a word, the version of the feed if it published something there, else 0, and
-- what its own file says. {'lost', 0} is any script's.

-- How many calls that changed something the feed remembers, at least.
local FEED = 4096

local function lost()
  return redis.call('GET', KEYS[1]) ~= ARGV[1]
end

-- A whole number as Redis reads it most quickly.
local function text(number)
  return string.format('%d', number)
end

local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- Tells readers that these days changed, names parted by spaces: the version. `cut` is what `base`
-- says, if that is known: how much was cut off the feed before. Cuts it if it is too long.
local function tell(base, feed, day_names, cut)
  if cut == nil then
    cut = redis.call('GET', base)
  end
  local length = redis.call('RPUSH', feed, day_names)
  if length > 2 * FEED then
    redis.call('LTRIM', feed, text(-FEED), '-1')
    redis.call('INCRBY', base, text(length - FEED))
  end
  return tonumber(cut or 0) + length
end
