//! What happened to an appointment, as its person may read it: booked, moved, cancelled.

use booking::state::BookingStatus;
use jiff::Timestamp;

use super::{AppError, Engine, unnoted::unnoted};
use crate::{
    domain::{BookedBy, Booking},
    store::{
        audit,
        bookings::{self, BookingFilter},
    },
};

/// More bookings than one person makes while they are kept.
const LIMIT: u64 = 500;

/// One thing that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Happened {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: What,
    /// When the appointment begins since then.
    pub start: Timestamp,
    /// Whether the office did it, and not the person.
    pub by_office: bool,
}

/// What can happen to an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// It was booked for the first time.
    Booked,
    /// It was moved.
    Moved,
    /// It was cancelled.
    Cancelled,
    /// The person was there.
    Served,
    /// The person was not there.
    Missed,
    /// It was closed after its end, because the desk recorded neither served nor missed.
    Closed,
}

impl What {
    /// As the API says it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Booked => "booked",
            Self::Moved => "moved",
            Self::Cancelled => "cancelled",
            Self::Served => "served",
            Self::Missed => "missed",
            Self::Closed => "closed",
        }
    }
}

/// What happened to `booking` and to those that it replaced, the oldest first.
///
/// # Errors
/// The database does not answer.
pub async fn booking_history(
    engine: &Engine,
    booking: &Booking,
) -> Result<Vec<Happened>, AppError> {
    let db = engine.database.connection();
    let filter = BookingFilter::default().of(booking.person);
    let all = bookings::list(db, &filter, LIMIT).await?;
    let mut series: Vec<_> = all.into_iter().filter(|one| one.series == booking.series).collect();
    series.sort_by_key(|one| (one.created_at, one.id));
    let mut happened: Vec<_> = series.iter().map(made).collect();
    if let Some(last) = series.last()
        && let Some(what) = end_of(last.status)
    {
        let is_unnoted = !unnoted(engine, std::slice::from_ref(last)).await?.is_empty();
        let what = if is_unnoted { What::Closed } else { what };
        let (at, start) = (last.changed_at, last.seat.start);
        let by_office = what == What::Cancelled && is_cancelled_by_office(engine, last).await?;
        happened.push(Happened { at, what, start, by_office });
    }
    Ok(happened)
}

fn made(booking: &Booking) -> Happened {
    Happened {
        at: booking.created_at,
        what: if booking.replaces.is_some() { What::Moved } else { What::Booked },
        start: booking.seat.start,
        by_office: booking.booked_by == Some(BookedBy::Desk),
    }
}

/// How it ended, if it did. One that was moved goes on in the next of its series.
const fn end_of(status: BookingStatus) -> Option<What> {
    match status {
        BookingStatus::Cancelled => Some(What::Cancelled),
        BookingStatus::Served => Some(What::Served),
        BookingStatus::Missed => Some(What::Missed),
        BookingStatus::Confirmed
        | BookingStatus::CheckedIn
        | BookingStatus::Called
        | BookingStatus::Parked
        | BookingStatus::Rebooked => None,
    }
}

async fn is_cancelled_by_office(engine: &Engine, booking: &Booking) -> Result<bool, AppError> {
    let subject = booking.id.to_string();
    let entries = audit::of_subjects(engine.database.connection(), &[subject]).await?;
    let cancelled = entries.iter().rfind(|entry| entry.action == "booking.cancelled");
    // An agency that acts for nobody took the application back on which the appointment stood.
    Ok(cancelled.is_some_and(|entry| !entry.actor.contains("citizen:")))
}
