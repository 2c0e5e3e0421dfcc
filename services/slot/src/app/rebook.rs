//! A person takes another appointment and gives the old one back, in one step.

use booking::{TrustLevel, state::Action};
use ids::{BookingCode, BookingId, GroupId, Pseudonym};
use jiff::Timestamp;

use super::{
    AppError, Engine,
    confirm_booking::ConfirmBooking,
    confirmation::{Decision, confirmation},
    events, holds_follow, person_history,
    release_seat::give_up_seat,
    required_level::require_level,
};
use crate::{
    domain::Booking,
    holds::Hold,
    person_data::Visitor,
    store::{
        Failure, bookings,
        queries::{ConfirmationError, Obstacle},
    },
};

/// Whether the booking can give way to another one in `group`.
///
/// # Errors
/// It is of another group, has begun, or has ended.
pub fn can_be_replaced(booking: &Booking, group: &GroupId, now: Timestamp) -> Result<(), AppError> {
    if booking.group != *group {
        let why = "the booking to be replaced is of another group; cancel it separately";
        return Err(AppError::NotOneVisit(why.to_owned()));
    }
    Action::Rebook
        .on(booking.status)
        .map_err(|refused| AppError::BookingNotActive(refused.from))?;
    if booking.seat.start <= now {
        return Err(AppError::BookingStarted);
    }
    Ok(())
}

/// The booking of `person` that gives way to one in `group`.
///
/// # Errors
/// They have no such booking, the log-in is less sure than the one that booked it, or as
/// [`can_be_replaced`].
pub(super) async fn replaced(
    engine: &Engine,
    request: &ConfirmBooking,
    person: Pseudonym,
    group: &GroupId,
    id: BookingId,
) -> Result<Booking, AppError> {
    let old = bookings::find(engine.database.connection(), id)
        .await?
        .filter(|old| old.person == person)
        .ok_or(AppError::BookingNotFound)?;
    require_level(engine, &old, request.level.unwrap_or(TrustLevel::High))?;
    can_be_replaced(&old, group, engine.now())?;
    Ok(old)
}

/// Makes `booking` a booking in place of `old`: the new one is won before the old is given back, or
/// nothing changes.
pub(super) async fn swap(
    engine: &Engine,
    request: &ConfirmBooking,
    hold: &Hold,
    mut booking: Booking,
    old: &Booking,
    decision: &Decision<'_>,
) -> Result<Booking, AppError> {
    booking.sequence = old.sequence.saturating_add(1);
    booking.series = old.series;
    let change = Swap { engine, request, hold, old, decision };
    match change.commit(&booking).await {
        Err(Refused::Code) => {
            booking.code = BookingCode::mint(&*engine.entropy);
            change.commit(&booking).await?;
        }
        outcome => outcome?,
    }
    Ok(booking)
}

/// The name on an appointment. It never changes: a move takes it along.
pub(super) fn visitor_on(engine: &Engine, booking: &Booking) -> Result<Visitor, AppError> {
    let opened = engine.person_data.open(&booking.attendee, booking.hold);
    opened.map_err(|error| AppError::Internal(error.into()))
}

enum Refused {
    Code,
    Other(AppError),
}

/// A booking takes the place of `old`.
struct Swap<'a> {
    engine: &'a Engine,
    request: &'a ConfirmBooking,
    hold: &'a Hold,
    old: &'a Booking,
    decision: &'a Decision<'a>,
}

impl Swap<'_> {
    /// In one transaction.
    async fn commit(&self, booking: &Booking) -> Result<(), Refused> {
        let Self { engine, request, hold, old, decision } = *self;
        let (_, catalogue) = decision.by;
        let mut unit = engine.begin().await?;
        if !bookings::act(unit.transaction(), old, Action::Rebook, 0, engine.now()).await? {
            drop(unit);
            let present = bookings::find(engine.database.connection(), old.id).await?;
            let present = present.map_or(AppError::BookingNotFound, |present| {
                AppError::BookingNotActive(present.status)
            });
            return Err(Refused::Other(present));
        }
        unit.after_commit(holds_follow::booking_made(engine, hold, booking));
        give_up_seat(engine, &mut unit, catalogue, old).await?;
        person_history::moved(engine, &mut unit, old).await?;
        let event = events::rebooked(engine, catalogue, booking, old);
        let action = "booking.rebooked";
        let confirmation = confirmation(engine, request, booking, decision, action, event);
        confirmation.insert(&mut unit).await?;
        Ok(unit.commit().await?)
    }
}

impl From<ConfirmationError> for Refused {
    fn from(error: ConfirmationError) -> Self {
        match error {
            ConfirmationError::Refused(Obstacle::CodeTaken) => Self::Code,
            error => Self::Other(error.into()),
        }
    }
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Self::Other(failure.into())
    }
}

impl From<::store::StoreError> for Refused {
    fn from(error: ::store::StoreError) -> Self {
        Self::Other(error.into())
    }
}

impl From<Refused> for AppError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Code => Self::Internal("no free booking code".into()),
            Refused::Other(error) => error,
        }
    }
}
