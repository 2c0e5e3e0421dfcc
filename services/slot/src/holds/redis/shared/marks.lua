-- The marks of a day.

local LONGEST_DAY = 12032

-- The groups that a span touches.
local function groups_of(from, til)
  return math.floor(from / 8), math.floor((til - 1) / 8)
end

-- Which minutes of a group belong to a span.
local function mask_of(group, from, til)
  local first = group * 8
  return 2 ^ math.min(til - first, 8) - 2 ^ math.max(from - first, 0)
end

-- Sets or clears the marks of a place.
local function mark(marks, desk, from, til, set)
  local first, last = groups_of(from, til)
  local at = first * 64 + desk
  local rows = redis.call('GETRANGE', marks, text(at), text(last * 64 + desk))
  local changed = {}
  for group = first, last do
    local index, mask = (group - first) * 64 + 1, mask_of(group, from, til)
    local byte = string.byte(rows, index)
    byte = set and bit.bor(byte, mask) or bit.band(byte, 255 - mask)
    changed[#changed + 1] = string.char(byte) .. string.sub(rows, index + 1, index + 63)
  end
  redis.call('SETRANGE', marks, text(at), table.concat(changed))
end

-- How many minutes of a place are marked: 'none', 'some' or 'all'.
local function marked(rows, desk, from, til)
  local first, last = groups_of(from, til)
  local none, all = true, true
  for group = first, last do
    local mask = mask_of(group, from, til)
    local taken = bit.band(string.byte(rows, group * 64 + desk + 1) or 0, mask)
    none, all = none and taken == 0, all and taken == mask
  end
  return none and 'none' or all and 'all' or 'some'
end
