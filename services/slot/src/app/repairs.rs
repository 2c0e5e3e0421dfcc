//! Days on which the holds may differ from the database.
//!
//! When a commit succeeded but Redis could not be updated, nothing is lost: the database refuses
//! double bookings. Only the picture in Redis is wrong, and the day goes on this list.

use booking::Seat;
use ids::LocationId;
use jiff::{civil::Date, tz::TimeZone};
use tokio::sync::mpsc;

/// One location's day.
pub type Day = (LocationId, Date);

/// Where a use case reports a day that needs repair. Clones share the list.
#[derive(Debug, Clone)]
pub struct Repairs(mpsc::UnboundedSender<Day>);

impl Repairs {
    /// The list and its end, which a job reads.
    pub fn new() -> (Self, mpsc::UnboundedReceiver<Day>) {
        let (sender, receiver) = mpsc::unbounded_channel();
        (Self(sender), receiver)
    }

    /// The day of `seat` is to be compared with the database.
    pub fn day_of(&self, seat: &Seat, zone: &TimeZone) {
        self.day(seat.location.clone(), seat.date(zone));
    }

    /// This day is to be compared with the database.
    pub fn day(&self, location: LocationId, date: Date) {
        // The job ends only when the process does; a fresh process compares everything anyway.
        let _ = self.0.send((location, date));
    }
}
