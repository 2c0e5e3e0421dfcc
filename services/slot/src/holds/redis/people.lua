-- What a person has in some groups. See people.rs.

if lost() then
  return {'lost', 0}
end
return {'done', 0, now(), redis.call('MGET', unpack(KEYS, 2))}
