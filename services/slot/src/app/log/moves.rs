//! Later moves of drawn seats stand in the log, so that none can be passed on unseen.
//!
//! A move is logged at once and published when the appointment is over: while a seat is on its way
//! the log shows one more entry, and not which.

use booking::Seat;
use catalogue::Catalogue;
use draw::{Announcement, Detail, Move, SealedSeats, Turn, Version, Why, canonical};
use ids::DrawId;
use jiff::{ToSpan as _, civil::Date};

use super::record::append;
use crate::{
    app::{Engine, draws::seconds},
    domain::{
        Booking,
        draw::{DrawEntry, Pool},
        log::LoggedKind,
    },
    store::{
        StoreResult, Transaction, draw_entries,
        draws::{self, DocumentKind},
    },
};

/// Logs that a booking was given up, if its seat was drawn.
///
/// # Errors
/// A statement fails.
pub async fn given_up(
    engine: &Engine,
    transaction: &Transaction,
    catalogue: &Catalogue,
    booking: &Booking,
) -> StoreResult<()> {
    moved(engine, transaction, catalogue, booking, |holder| (Why::Cancelled, holder, None)).await
}

/// Logs that an offer was accepted, if its seat was drawn.
///
/// # Errors
/// A statement fails.
pub async fn accepted(
    engine: &Engine,
    transaction: &Transaction,
    catalogue: &Catalogue,
    booking: &Booking,
) -> StoreResult<()> {
    moved(engine, transaction, catalogue, booking, |holder| (Why::Accepted, None, holder)).await
}

/// Logs how the seat of a winner who must confirm ended: the winner has it, or nobody.
///
/// # Errors
/// A statement fails.
pub async fn answered(
    engine: &Engine,
    transaction: &Transaction,
    catalogue: &Catalogue,
    (entry, seat): (&DrawEntry, &Seat),
    why: Why,
) -> StoreResult<()> {
    let to = entry.turn.filter(|_| why == Why::Accepted);
    let place = (entry.draw, seat);
    moved_in(engine, transaction, catalogue, place, (why, entry.turn, to)).await?;
    Ok(())
}

/// Why a seat moved, and from which turn to which.
type Direction = (Why, Option<Turn>, Option<Turn>);

async fn moved(
    engine: &Engine,
    transaction: &Transaction,
    catalogue: &Catalogue,
    booking: &Booking,
    direction: fn(Option<Turn>) -> Direction,
) -> StoreResult<()> {
    let week = monday(booking.seat.date(&engine.berlin));
    for draw in draws::drawn_of_week(transaction, week).await? {
        let entry = draw_entries::of_person(transaction, draw.id, booking.person).await?;
        let direction = direction(entry.and_then(|entry| entry.turn));
        let place = (draw.id, &booking.seat);
        if moved_in(engine, transaction, catalogue, place, direction).await? {
            return Ok(());
        }
    }
    Ok(())
}

/// Logs that a seat moved, if this draw gave it away. Whether it did.
async fn moved_in(
    engine: &Engine,
    transaction: &Transaction,
    catalogue: &Catalogue,
    (draw, moved): (DrawId, &Seat),
    (why, from, to): Direction,
) -> StoreResult<bool> {
    let seat = drawn_seat(transaction, draw, catalogue, moved).await?;
    let announcement = DocumentKind::Announcement;
    let announced: Option<Announcement> =
        draws::read_document(transaction, draw, announcement).await?;
    let (Some(seat), Some(announced)) = (seat, announced) else { return Ok(false) };
    let record = Move {
        announcement: announced.digest(),
        at: seconds(engine.now()),
        from,
        row: seat.row,
        slot: seat.slot,
        slots: seat.slots,
        to,
        version: Version::V1,
        why,
    };
    let text = String::from_utf8_lossy(&canonical::write(&record)).into_owned();
    let public_from = match announced.detail {
        Detail::Seat => Some(moved.end),
        Detail::HalfDay => None,
    };
    append(engine, transaction, draw, LoggedKind::Move, &text, public_from).await?;
    Ok(true)
}

/// A seat by the announcement's rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct DrawnSeat {
    row: u32,
    slot: u16,
    slots: u16,
}

/// Which seat of the draw it is, if the draw gave it away.
async fn drawn_seat(
    transaction: &Transaction,
    draw: DrawId,
    catalogue: &Catalogue,
    moved: &Seat,
) -> StoreResult<Option<DrawnSeat>> {
    let pool: Option<Pool> = draws::read_document(transaction, draw, DocumentKind::Pool).await?;
    let Some(seat) = pool.and_then(|pool| place_in(&pool, catalogue, moved)) else {
        return Ok(None);
    };
    let given = DocumentKind::SealedSeats;
    let given: Option<SealedSeats> = draws::read_document(transaction, draw, given).await?;
    let is_given = given.is_some_and(|given| {
        given.seats.iter().any(|visit| (visit.row, visit.slot) == (seat.row, seat.slot))
    });
    Ok(is_given.then_some(seat))
}

/// Where a seat is among the rows of a draw. A location may have another name by now.
fn place_in(pool: &Pool, catalogue: &Catalogue, seat: &Seat) -> Option<DrawnSeat> {
    (0_u32..).zip(&pool.rows).find_map(|(at, row)| {
        let announced = pool.locations.get(usize::from(row.place))?;
        let present = catalogue.location_now(announced).unwrap_or(announced);
        let slot_seconds = i64::from(row.minutes) * 60;
        let from = seat.start.as_second().checked_sub(row.start).filter(|from| *from >= 0)?;
        let length = seat.end.as_second().checked_sub(seat.start.as_second())?;
        let slot = u16::try_from(from.checked_div(slot_seconds)?).ok()?;
        let slots = u16::try_from(length.checked_div(slot_seconds)?).ok()?;
        let is_in = *present == seat.location && row.desk == seat.desk && slot < row.slots;
        is_in.then_some(DrawnSeat { row: at, slot, slots })
    })
}

/// The Monday of a day's week.
fn monday(date: Date) -> Date {
    let after = i64::from(date.weekday().to_monday_zero_offset());
    date.saturating_sub(after.days())
}
