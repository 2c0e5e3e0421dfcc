-- How places, holds and people are packed.
--
-- A day's marks are a string of groups of 8 minutes; a group has 64 bytes, one for each desk, with
-- one bit for each minute, the lowest for the first. It is as long as the longest day from the
-- beginning, so that it never grows.
--
-- What keeps a place and is not a booking is in one of two hashes, by desk u8, first minute u16
-- and minute after the last u16. In `seats`: a hold ('h') or an ended hold ('e'), see HELD; an
-- offer ('o'), a draw pool ('p') or what the database lets return ('r') with its id. In `closed`:
-- what is for the desk only, because the database says so ('c') or because the seat of an ended
-- hold was kept ('k'), with its id. A bit without such a field belongs to a booking. The field 'v'
-- of `seats` counts what durable reservations do.

local PLACE, PLACE_SIZE = '<BI2I2', 5
-- Of a hold or an ended hold: kind, id, kind and id of the closed time that staff took it from (or
-- '-' and zeros), milliseconds until which its seat is of use i64, person, group. Then when it began
-- and ends or ended, in milliseconds.
local HELD = '<c1c16c1c16'
local PERSON = 43
-- What a person has in a group: the active booking, until when it matters, and perhaps a hold: when
-- it began and ends, its place, whether it was extended, its id, and what comes back with it.
local BOUND, BOUND_SIZE = '<c16I8', 24
local HELD_PLACE, HELD_EXTENDED, HELD_ID = 41, 46, 47
local NOTHING = string.rep('\0', 16)
local TWO_DAYS = '172800000'
-- Holds that end in the same ten seconds are in one list.
local BUCKET = 10000
