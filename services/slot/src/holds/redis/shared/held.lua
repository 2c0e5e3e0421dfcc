-- What a person holds in force: its id and when it ends.
local function held_by(value, time)
  if value and #value > BOUND_SIZE then
    local ends_at = struct.unpack('<I8', value, BOUND_SIZE + 9)
    if ends_at > time then
      return string.sub(value, HELD_ID, HELD_ID + 15), ends_at
    end
  end
end
