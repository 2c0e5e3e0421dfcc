//! Staff look at the days ahead in their own calendar.

use booking::state::BookingStatus;
use calendar::Desk;
use ids::LocationId;
use jiff::{ToSpan as _, civil::Date};

use super::{AppError, Engine};
use crate::{
    domain::Booking,
    store::bookings::{self, BookingFilter},
};

/// More bookings than a location's day has seats: a step of five minutes at every desk.
const SEATS: u64 = Desk::LIMIT as u64 * 300;

/// The active and past appointments at a location that were not given up, by start, on `days` days from `first` on.
///
/// # Errors
/// The location is unknown; the database does not answer.
pub async fn calendar_at_desk(
    engine: &Engine,
    location: &LocationId,
    first: Date,
    days: u8,
) -> Result<Vec<Booking>, AppError> {
    engine.know(location)?;
    let mut found = Vec::new();
    for date in first.series(1.day()).take(usize::from(days)) {
        let kept = BookingStatus::ALL.into_iter().filter(|status| status.keeps_seat());
        let filter = BookingFilter::default().on(location.clone(), date).in_status(kept);
        found.extend(bookings::list(engine.database.connection(), &filter, SEATS).await?);
    }
    Ok(found)
}
