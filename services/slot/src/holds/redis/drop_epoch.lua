-- Declares the store lost. See drop_epoch.rs.

if not lost() then
  redis.call('DEL', KEYS[1])
end
return {'done', 0}
