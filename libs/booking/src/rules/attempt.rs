//! What the rules judge.

use calendar::{BookingWindow, Channel};
use ids::BookingId;
use jiff::{Timestamp, civil::Date};

use crate::TrustLevel;

/// A visit that somebody wants, or that availability would show.
#[derive(Debug, Clone)]
pub struct Attempt<'a> {
    /// When it is asked for.
    pub now: Timestamp,
    /// The local day of `now`.
    pub today: Date,
    /// When the visit would start.
    pub start: Timestamp,
    /// The local day of the visit.
    pub date: Date,
    /// When the opening rule lets people book this slot.
    pub window: BookingWindow,
    /// By which way it is booked.
    pub channel: Channel,
    /// How many people come.
    pub people: u16,
    /// How many different services are done in the visit.
    pub services: u16,
    /// Who asks. `None` when availability is shown to everybody: rules about persons then pass.
    pub person: Option<&'a Person>,
}

/// What the rules may know of a person. No name, no birth date.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// How sure the log-in is.
    pub level: TrustLevel,
    /// The active booking in the service group, if it is not the one that this visit replaces.
    pub other_active_booking: Option<BookingId>,
    /// When an appointment in this group was last missed without cancelling.
    pub last_missed: Option<Timestamp>,
    /// Whether a required entitlement is on file.
    pub entitled: bool,
}

/// A visit that no rule has anything against: Monday at eight, a week ahead.
#[cfg(test)]
pub(crate) fn example() -> Attempt<'static> {
    let now: Timestamp = "2027-01-04T07:00:00Z".parse().unwrap();
    let start: Timestamp = "2027-01-11T07:00:00Z".parse().unwrap();
    Attempt {
        now,
        today: "2027-01-04".parse().unwrap(),
        start,
        date: "2027-01-11".parse().unwrap(),
        window: BookingWindow { opens: now, closes: start },
        channel: Channel::Public,
        people: 1,
        services: 1,
        person: None,
    }
}
