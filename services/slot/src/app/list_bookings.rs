//! Who sees which bookings.

use auth::Reach;
use booking::state::BookingStatus;
use ids::{BookingCode, BookingId, LocationId, Pseudonym, StaffId};
use jiff::{SignedDuration, Timestamp, civil::Date};

use super::{AppError, Engine};
use crate::{
    person_data::Visitor,
    store::{
        audit::Actor,
        bookings::{self, Booking, BookingFilter},
    },
};

/// Most bookings in one answer.
const LIMIT: u64 = 500;
/// For how long a person's past bookings are listed.
const PAST: SignedDuration = SignedDuration::from_hours(24 * 90);

/// Somebody who may see some of the bookings.
#[derive(Debug, Clone)]
pub enum Reader {
    /// Their own.
    Citizen(Actor, Pseudonym),
    /// Those at their locations.
    Staff(Actor, Reach),
}

impl Reader {
    /// A person, or somebody who acts for them.
    pub fn citizen(actor: Actor, person: Pseudonym) -> Self {
        Self::Citizen(actor, person)
    }

    /// A member of staff.
    pub fn staff(id: StaffId, reach: Reach) -> Self {
        Self::Staff(Actor::Staff(id), reach)
    }

    /// Who the audit log says it was.
    pub fn actor(&self) -> &Actor {
        match self {
            Self::Citizen(actor, _) | Self::Staff(actor, _) => actor,
        }
    }

    /// Whether they may see this booking.
    pub fn sees(&self, booking: &Booking) -> bool {
        match self {
            Self::Citizen(_, person) => booking.person == *person,
            Self::Staff(_, reach) => reach.covers(&booking.seat.location),
        }
    }

    /// One booking.
    ///
    /// # Errors
    /// There is none that they may see.
    pub async fn find(&self, engine: &Engine, id: BookingId) -> Result<Booking, AppError> {
        bookings::find(engine.database.connection(), id)
            .await?
            .filter(|booking| self.sees(booking))
            .ok_or(AppError::BookingNotFound)
    }
}

/// A person's own bookings, earliest appointment first; past ones for a while.
///
/// # Errors
/// The database does not answer.
pub async fn of_person(engine: &Engine, person: Pseudonym) -> Result<Vec<Booking>, AppError> {
    let since = engine.now().saturating_sub(PAST).unwrap_or(Timestamp::MIN);
    let filter = BookingFilter::default().of(person).ending_after(since);
    Ok(bookings::list(engine.database.connection(), &filter, LIMIT).await?)
}

/// What the desk sees: a booking and who is expected.
#[derive(Debug)]
pub struct DeskBooking {
    /// The booking.
    pub booking: Booking,
    /// Whose document to ask for.
    pub visitor: Visitor,
}

/// How the desk looks for bookings.
#[derive(Debug, Clone)]
pub enum DeskSearch {
    /// By the code that the person says.
    Code(BookingCode),
    /// All of one day at one location that have not ended.
    Day(LocationId, Date),
}

/// Bookings for the desk.
///
/// # Errors
/// The database does not answer or a name cannot be decrypted.
pub async fn at_desk(
    engine: &Engine,
    reader: &Reader,
    search: DeskSearch,
) -> Result<Vec<DeskBooking>, AppError> {
    let filter = match search {
        DeskSearch::Code(code) => BookingFilter::default().with_code(code),
        DeskSearch::Day(location, date) => {
            let open = BookingStatus::ALL.into_iter().filter(|status| status.keeps_seat());
            BookingFilter::default().on(location, date).in_status(open)
        }
    };
    let found = bookings::list(engine.database.connection(), &filter, LIMIT).await?;
    found
        .into_iter()
        .filter(|booking| reader.sees(booking))
        .map(|booking| {
            let visitor = engine
                .person_data
                .open(&booking.attendee, booking.hold)
                .map_err(|error| AppError::Internal(error.into()))?;
            Ok(DeskBooking { booking, visitor })
        })
        .collect()
}
