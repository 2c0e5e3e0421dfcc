-- Makes the strings and hashes of a day.
local function open_day(days, marks, seats, day_name, expires_at)
  if redis.call('EXISTS', marks) == 0 then
    redis.call('SET', marks, string.rep('\0', 12032), 'PXAT', expires_at)
    redis.call('HSETNX', seats, 'v', '0')
    redis.call('PEXPIREAT', seats, expires_at)
    redis.call('SADD', days, day_name)
  end
end
