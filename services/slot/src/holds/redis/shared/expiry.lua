-- The lists of what ends in the same ten seconds.

-- Remembers that a hold will end.
local function remember_end(ends_prefix, ends_at, ...)
  local bucket = math.floor(ends_at / BUCKET)
  local key = ends_prefix .. text(bucket)
  if redis.call('RPUSH', key, ...) == select('#', ...) then
    -- An hour longer, so that nothing is lost if the job pauses for a while.
    redis.call('PEXPIREAT', key, text((bucket + 1) * BUCKET + 3600000))
  end
end
