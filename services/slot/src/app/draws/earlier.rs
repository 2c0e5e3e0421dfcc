//! Draws among persons who have an appointment and want one on an earlier day. What they win replaces it.
//!
//! Each sealed wish ends before the day of the appointment. So a seat that is not earlier is not won by
//! the published rules, and whoever recomputes the draw checks this, too.

use std::borrow::Cow;

use booking::{Seat, state::Action};
use catalogue::Catalogue;
use draw::{Day, InvalidTime, Wishes};
use jiff::{Timestamp, ToSpan as _, civil::Date};
use messaging::UnitOfWork;

use super::{events::Because, needs_appointment};
use crate::{
    app::{
        AppError, DrawRefusal, Engine, SeatRequest, WantedSeats, events,
        rebook::{can_be_replaced, visitor_on},
        release_seat::give_up_seat,
        required_level::require_level,
        seat_request::active_booking,
    },
    domain::{
        Booking,
        draw::{Draw, DrawEntry, Pool},
    },
    store::{bookings, draw_entries::Booked, queries::Confirmation},
};

/// The appointment that a person wants to replace by what they win; `None` in a draw for everybody.
///
/// # Errors
/// They have none after the first day of the draw, it has begun, or the log-in is less sure than the one
/// that booked it.
pub(super) async fn to_replace(
    engine: &Engine,
    draw: &Draw,
    pool: &Pool,
    request: &SeatRequest,
) -> Result<Option<Booking>, AppError> {
    if !needs_appointment(draw)? {
        return Ok(None);
    }
    let present = active_booking(engine, request.person, &draw.group).await?;
    let present = present.ok_or(DrawRefusal::AppointmentNeeded)?;
    require_level(engine, &present, request.level)?;
    can_be_replaced(&present, &draw.group, engine.now())?;
    let first = pool.rows.iter().map(|row| row.start).min();
    let first = first.and_then(|start| Timestamp::from_second(start).ok());
    let day = present.seat.date(&engine.berlin);
    match first.is_some_and(|first| engine.local_date(first) < day) {
        true => Ok(Some(present)),
        false => Err(DrawRefusal::AppointmentNeeded.into()),
    }
}

/// The wishes, each for days before `day` alone; as they are without one.
pub(super) fn before(wishes: &[WantedSeats], day: Option<Date>) -> Cow<'_, [WantedSeats]> {
    let Some(day) = day else { return Cow::Borrowed(wishes) };
    let last = day.saturating_sub(1.days());
    let earlier = wishes.iter().map(|wanted| WantedSeats {
        until: Some(wanted.until.map_or(last, |until| until.min(last))),
        ..wanted.clone()
    });
    Cow::Owned(earlier.collect())
}

/// Why an entry cannot stand in the list of a draw that closed at `closes`: the appointment that it names ended or was
/// moved, or the wishes are not earlier than that. `None` if it can.
///
/// # Errors
/// The wishes cannot be read.
pub(super) fn left_out(
    engine: &Engine,
    entry: &DrawEntry,
    booked: Option<&Booked>,
    closes: Timestamp,
) -> Result<Option<Because>, AppError> {
    let is_named = |booked: &&Booked| closes < booked.start && entry.is_instead_of(booked.id);
    let Some(booked) = booked.filter(is_named) else {
        return Ok(Some(Because::AppointmentEnded));
    };
    let sealed: Wishes = engine.draws.keys.open(&entry.wishes, entry.id)?;
    let day = engine.local_date(booked.start).to_string().parse::<Day>();
    let day = day.map_err(|why: InvalidTime| AppError::Internal(why.into()))?;
    let is_earlier = |until: Option<Day>| until.is_some_and(|until| until < day);
    let are_earlier = sealed.wishes.iter().all(|wish| is_earlier(wish.until));
    Ok((!are_earlier).then_some(Because::Booked(booked.since)))
}

/// The appointment that a winner gives back for `seat`; `None` in a draw for everybody.
///
/// # Errors
/// The one that the entry names ended, was moved or has begun since the list was closed, or is no later than
/// `seat`.
pub(super) async fn replaced_by(
    engine: &Engine,
    draw: &Draw,
    entry: &DrawEntry,
    seat: &Seat,
) -> Result<Option<Booking>, AppError> {
    if !needs_appointment(draw)? {
        return Ok(None);
    }
    let present = active_booking(engine, entry.person, &entry.group).await?;
    let present = present.filter(|present| entry.is_instead_of(present.id));
    let present = present.ok_or(DrawRefusal::AppointmentNeeded)?;
    // As when the list is closed: one that has begun is none to move.
    can_be_replaced(&present, &entry.group, engine.now())
        .map_err(|_| DrawRefusal::AppointmentNeeded)?;
    match seat.start < present.seat.start {
        true => Ok(Some(present)),
        false => Err(AppError::AlreadyBooked),
    }
}

/// What is written of a win: `confirmation`, or the same in place of `old`, which is given back by the same
/// transaction. That does not count as a move against the limits of the person. `None`: the old one changed
/// meanwhile.
///
/// # Errors
/// The name on the old one cannot be read, or a statement fails.
pub(super) async fn in_place_of<'a>(
    engine: &'a Engine,
    unit: &mut UnitOfWork<'a>,
    catalogue: &Catalogue,
    confirmation: Confirmation,
    old: Option<&Booking>,
) -> Result<Option<Confirmation>, AppError> {
    let Some(old) = old else { return Ok(Some(confirmation)) };
    let (visitor, booking) = (visitor_on(engine, old)?, confirmation.booking);
    let booking = Booking {
        sequence: old.sequence.saturating_add(1),
        replaces: Some(old.id),
        series: old.series,
        attendee: engine.person_data.seal(&visitor, booking.hold, &*engine.entropy),
        ..booking
    };
    if !bookings::act(unit.transaction(), old, Action::Rebook, 0, engine.now()).await? {
        return Ok(None);
    }
    give_up_seat(engine, unit, catalogue, old).await?;
    let event = events::won_earlier(engine, catalogue, &booking, old);
    Ok(Some(Confirmation { booking, event, ..confirmation }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_wish_reaches_the_day_of_the_appointment() {
        let day = |text: &str| Some(text.parse::<Date>().unwrap());
        let until = |until| WantedSeats { until, ..WantedSeats::default() };
        let wishes = [until(None), until(day("2027-01-19")), until(day("2027-01-30"))];
        let earlier = before(&wishes, day("2027-01-21"));
        let ends: Vec<_> = earlier.iter().map(|wanted| wanted.until).collect();
        assert_eq!(ends, [day("2027-01-20"), day("2027-01-19"), day("2027-01-20")]);
        assert_eq!(before(&wishes, None), &wishes[..]);
    }
}
