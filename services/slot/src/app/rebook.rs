//! A person takes another appointment and gives the old one back, in one step.

use booking::state::Action;
use ids::{BookingCode, BookingId, GroupId, HoldId};
use jiff::Timestamp;

use super::{
    AppError, Engine,
    confirm_booking::{ConfirmBooking, DecidedBy, confirmation},
    events, person_history,
    release_seat::{SeatGivenUp, give_up_seat},
};
use crate::store::{
    Failure,
    bookings::{self, Booking},
    queries::{ConfirmationError, Obstacle},
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

/// Makes `booking` a booking in place of `replaced`: the new one is won before the old is given
/// back, or nothing changes.
pub(super) async fn swap(
    engine: &Engine,
    request: &ConfirmBooking,
    mut booking: Booking,
    replaced: BookingId,
    decided_by: &DecidedBy,
) -> Result<(Booking, Option<SeatGivenUp>), AppError> {
    let old = bookings::find(engine.database.connection(), replaced)
        .await?
        .filter(|old| old.person == booking.person)
        .ok_or(AppError::BookingNotFound)?;
    can_be_replaced(&old, &booking.group, engine.now())?;
    booking.sequence = old.sequence.saturating_add(1);
    booking.series = old.series;
    // The name on an appointment never changes: a move takes it along.
    booking.attendee = same_attendee(engine, &old, booking.hold)?;

    let given_up = match in_one_transaction(engine, request, &booking, &old, decided_by).await {
        Err(Refused::Code) => {
            booking.code = BookingCode::mint(&*engine.entropy);
            in_one_transaction(engine, request, &booking, &old, decided_by).await?
        }
        outcome => outcome?,
    };
    engine.wake.wake();
    Ok((booking, Some(given_up)))
}

/// What is sealed on `old`, sealed for a booking of another hold.
fn same_attendee(engine: &Engine, old: &Booking, hold: HoldId) -> Result<Vec<u8>, AppError> {
    let opened = engine.person_data.open(&old.attendee, old.hold);
    let visitor = opened.map_err(|error| AppError::Internal(error.into()))?;
    Ok(engine.person_data.seal(&visitor, hold, &*engine.entropy))
}

enum Refused {
    Code,
    Other(AppError),
}

async fn in_one_transaction(
    engine: &Engine,
    request: &ConfirmBooking,
    booking: &Booking,
    old: &Booking,
    decided_by: &DecidedBy,
) -> Result<SeatGivenUp, Refused> {
    let transaction = engine.database.begin().await?;
    if !bookings::act(&transaction, old, Action::Rebook, 0, engine.now()).await? {
        drop(transaction);
        let present = bookings::find(engine.database.connection(), old.id).await?;
        let present = present.map_or(AppError::BookingNotFound, |present| {
            AppError::BookingNotActive(present.status)
        });
        return Err(Refused::Other(present));
    }
    let given_up = give_up_seat(engine, &transaction, &decided_by.1, old).await?;
    person_history::moved(engine, &transaction, old).await?;
    let event = events::rebooked(engine, &decided_by.1, booking, old);
    let action = "booking.rebooked";
    let confirmation = confirmation(engine, request, booking, decided_by, action, event);
    confirmation.insert(&transaction).await?;
    transaction.commit().await.map_err(Failure::from)?;
    Ok(given_up)
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
