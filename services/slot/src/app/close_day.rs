//! Cancels the appointments of a closed day; the events carry the reason.

use booking::state::BookingStatus;
use catalogue::Texts;
use ids::LocationId;
use jiff::civil::Date;

use super::{
    AppError, DeskRefusal, Engine,
    assigned_dates::withdraw_date::withdraw_of_day,
    cancel_booking::{Cancellation, cancel_booking},
    list_bookings::Reader,
};
use crate::store::{
    bookings::{self, BookingFilter},
    closings,
};

/// Appointments that are read at once.
const BATCH: u64 = 500;

/// Cancels every appointment of a day at a location that is not over and returns their number. Dates that the office gave and
/// that were not accepted yet are taken back. A person at the desk already is not sent away. Done again, it
/// cancels what is left.
///
/// The catalogue must say that the location is closed: so that cancelled slots cannot be booked again,
/// and one slip of the hand does not cancel an office's day.
///
/// # Errors
/// The location is unknown or open on that day; the database does not answer.
pub async fn close_day(
    engine: &Engine,
    reader: &Reader,
    location: &LocationId,
    date: Date,
    reason: &Texts,
) -> Result<usize, AppError> {
    let plan = engine.catalogue().day_plan(location, date);
    if !plan.ok_or_else(|| AppError::UnknownLocation(location.clone()))?.is_closed() {
        return Err(DeskRefusal::StillOpen.into());
    }
    // From here on nothing is confirmed on that day, also by a process that does not know the
    // catalogue yet; and what was being confirmed is seen below.
    let unit = engine.begin().await?;
    closings::close(unit.transaction(), location, date, engine.now()).await?;
    unit.commit().await?;
    withdraw_of_day(engine, reader.actor(), location, date).await?;
    let mut cancelled = 0;
    loop {
        // Without those that are over: the desk notes how they went, and so many could be all that is read at once.
        let filter = BookingFilter::default()
            .on(location.clone(), date)
            .in_status([BookingStatus::Confirmed])
            .ending_after(engine.now());
        let found = bookings::list(engine.database.connection(), &filter, BATCH).await?;
        let mut progress = false;
        for booking in found.iter().filter(|booking| reader.sees(booking)) {
            let cancellation = Cancellation { reason: Some(reason.clone()), key: None };
            match cancel_booking(engine, reader, booking.id, cancellation).await {
                Ok(_) => {
                    cancelled += 1;
                    progress = true;
                }
                // The person was faster, or it is over by now.
                Err(AppError::BookingNotActive(_) | AppError::BookingStarted) => {}
                Err(error) => return Err(error),
            }
        }
        if !progress {
            return Ok(cancelled);
        }
    }
}
