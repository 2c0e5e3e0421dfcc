//! Holds as Redis keeps them; the formats are in `formats.lua`.

use booking::{LocalDay, Seat, Span};
use calendar::Desk;
use ids::{BookingId, GroupId, HoldId, Pseudonym};
use jiff::{Timestamp, tz::TimeZone};

use super::keys::{parse_day_name, parse_place};
use crate::holds::{
    EndedHold, Hold, HoldRequest,
    fields::{Fields, write_name},
};

/// Bytes before the hold of a person.
const BOUND: usize = 24;

/// The part of a hold that scripts read.
struct HeldPart {
    id: HoldId,
    held_at: Timestamp,
    expires_at: Timestamp,
    is_extended: bool,
    desk: Desk,
    span: Span,
}

impl HeldPart {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let held_at = Timestamp::from_millisecond(i64::from_le_bytes(fields.take()?)).ok()?;
        let expires_at = Timestamp::from_millisecond(i64::from_le_bytes(fields.take()?)).ok()?;
        let (span, desk) = parse_place(fields.take()?)?;
        let is_extended = fields.flag()?;
        let id = HoldId::from_bits(u128::from_be_bytes(fields.take()?));
        Some(Self { id, held_at, expires_at, is_extended, desk, span })
    }
}

/// Packs what comes back with a hold: all but its times and place, which the script adds.
pub(super) fn write_record(request: &HoldRequest<'_>, bytes: &mut Vec<u8>) {
    bytes.push(0);
    bytes.extend(request.id.to_bits().to_be_bytes());
    bytes.extend(request.day.starts_at.as_second().to_le_bytes());
    bytes.push(request.replaces.is_some().into());
    bytes.extend(request.replaces.map_or(0, BookingId::to_bits).to_be_bytes());
    write_name(request.day.location.as_str(), bytes);
    bytes.extend(request.details);
}

/// Reads a person's hold, as a script gives it.
pub(super) fn read_hold(
    bytes: &[u8],
    person: Pseudonym,
    group: &GroupId,
    epoch: u64,
) -> Option<Hold> {
    let mut fields = Fields(bytes);
    let held = HeldPart::read(&mut fields)?;
    let starts_at = Timestamp::from_second(i64::from_le_bytes(fields.take()?)).ok()?;
    let is_move = fields.flag()?;
    let replaces = BookingId::from_bits(u128::from_be_bytes(fields.take()?));
    let location = fields.name()?;
    // The date names the day and plays no part in when a minute begins.
    let day = LocalDay { location, date: jiff::civil::Date::default(), starts_at };
    Some(Hold {
        id: held.id,
        person,
        group: group.clone(),
        replaces: is_move.then_some(replaces),
        seat: day.seat(held.span, held.desk),
        held_at: held.held_at,
        expires_at: held.expires_at,
        is_extended: held.is_extended,
        epoch,
        details: fields.0.to_vec(),
    })
}

/// The hold in what a person has, if it is in force at `now`.
pub(super) fn hold_of(
    has: &[u8],
    person: Pseudonym,
    group: &GroupId,
    epoch: u64,
    now: Timestamp,
) -> Option<Hold> {
    let hold = read_hold(has.get(BOUND..)?, person, group, epoch)?;
    (hold.expires_at > now).then_some(hold)
}

/// How many bytes [`write_record`] writes.
pub(super) fn record_size(request: &HoldRequest<'_>) -> usize {
    43 + request.day.location.as_str().len() + request.details.len()
}

/// Packs what keeps the seat of a hold: all but its times, which the script adds.
pub(super) fn write_kept(request: &HoldRequest<'_>, bytes: &mut Vec<u8>) {
    bytes.push(b'h');
    bytes.extend(request.id.to_bits().to_be_bytes());
    bytes.push(b'-');
    bytes.extend([0; 16]);
    bytes.extend(request.usable_until.as_millisecond().to_le_bytes());
    bytes.extend(request.person.to_bits().to_be_bytes());
    bytes.extend(request.group.as_str().as_bytes());
}

/// How many bytes [`write_kept`] writes.
pub(super) fn kept_size(request: &HoldRequest<'_>) -> usize {
    58 + request.group.as_str().len()
}

/// The holder of a seat, if an active hold keeps it: what [`write_kept`] packs.
pub(super) fn holder(kept: &[u8]) -> Option<Pseudonym> {
    let mut fields = Fields(kept.strip_prefix(b"h")?);
    let _id_and_within: [u8; 33] = fields.take()?;
    let _usable_until: [u8; 8] = fields.take()?;
    Some(Pseudonym::from_bits(u128::from_be_bytes(fields.take()?)))
}

/// Reads an ended hold: the name of its day with its length, its place, and what kept its seat.
pub(super) fn read_ended(bytes: &[u8], zone: &TimeZone) -> Option<EndedHold> {
    let mut fields = Fields(bytes);
    let [length] = fields.take()?;
    let (location, date) = parse_day_name(str::from_utf8(fields.slice(length.into())?).ok()?)?;
    let (span, desk) = parse_place(fields.take()?)?;
    let [_kind] = fields.take()?;
    let id = HoldId::from_bits(u128::from_be_bytes(fields.take()?));
    let _within: [u8; 17] = fields.take()?;
    let usable_until = i64::from_le_bytes(fields.take()?);
    let person = Pseudonym::from_bits(u128::from_be_bytes(fields.take()?));
    let group = fields.slice(fields.0.len().checked_sub(16)?)?;
    let group = str::from_utf8(group).ok()?.parse().ok()?;
    let held_at = Timestamp::from_millisecond(i64::from_le_bytes(fields.take()?)).ok()?;
    let ended_at = Timestamp::from_millisecond(i64::from_le_bytes(fields.take()?)).ok()?;
    let seat: Seat = LocalDay::new(location, date, zone).seat(span, desk);
    let usable_until = Timestamp::from_millisecond(usable_until).ok()?;
    Some(EndedHold { id, person, group, seat, held_at, ended_at, usable_until })
}
