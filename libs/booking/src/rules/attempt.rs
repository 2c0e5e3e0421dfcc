//! What the rules judge.

use calendar::{BookingWindow, Channel};
use ids::{BookingId, GroupId};
use jiff::{Timestamp, civil::Date};

use super::{BirthDate, History};
use crate::TrustLevel;

/// A visit that is to be booked, or that availability would show.
#[derive(Debug, Clone)]
pub struct Attempt<'a> {
    /// At which step it is judged.
    pub phase: Phase,
    /// The present moment.
    pub now: Timestamp,
    /// The local day of [`Attempt::judged_at`].
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
    /// The group of these services.
    pub group: &'a GroupId,
    /// Whether the authority treats the visit as urgent: limits of a person do not apply.
    pub urgent: bool,
    /// The person. `None` when availability is public: rules about persons then pass.
    pub person: Option<&'a Person>,
}

/// At which step of a booking the rules are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Availability is shown, without a person.
    Offer,
    /// A person takes the slot for a few minutes. Facts that only a confirm knows are missing.
    Hold,
    /// The hold becomes a booking. All facts are known.
    Confirm {
        /// When the slot was held. Rules about time judge this moment, so that a person who held
        /// in time has the whole hold to confirm.
        held_at: Timestamp,
    },
}

/// What the rules may know of a person. No name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// How sure the log-in is.
    pub level: TrustLevel,
    /// The active booking in the service group, if it is not the one that this visit replaces.
    pub other_active_booking: Option<BookingId>,
    /// Whether it is unresolved if the person is somebody else who is known, and another active booking
    /// than the one that this visit replaces was made in this doubt.
    pub booked_in_doubt: bool,
    /// Whether a required entitlement is on file ([`Needs::entitlement`](super::Needs)).
    pub entitled: bool,
    /// Whether the person has an entitlement and no other appointment was possible: limits of a
    /// person do not apply.
    pub entitled_only_date: bool,
    /// The birth date, once it is known ([`Needs::birth_date`](super::Needs)). It comes with the
    /// confirm.
    pub birth_date: Option<BirthDate>,
    /// What the person did with earlier holds and bookings ([`Needs::history`](super::Needs)).
    pub history: History,
}

impl Attempt<'_> {
    /// The moment that rules about time judge: of the hold, also when it is confirmed later.
    #[must_use]
    pub const fn judged_at(&self) -> Timestamp {
        match self.phase {
            Phase::Offer | Phase::Hold => self.now,
            Phase::Confirm { held_at } => held_at,
        }
    }

    /// The person that personal limits apply to. `None` where they never apply: at the desk,
    /// for an urgent visit, and for the only date that an entitled person can get.
    #[must_use]
    pub fn limited_person(&self) -> Option<&Person> {
        self.person.filter(|person| {
            self.channel != Channel::Staff && !self.urgent && !person.entitled_only_date
        })
    }
}

/// A visit that no rule has anything against: Monday at eight, a week ahead.
#[cfg(test)]
pub(crate) fn example() -> Attempt<'static> {
    use std::sync::LazyLock;

    static GROUP: LazyLock<GroupId> = LazyLock::new(|| "passports".parse().unwrap());

    let now: Timestamp = "2027-01-04T07:00:00Z".parse().unwrap();
    let start: Timestamp = "2027-01-11T07:00:00Z".parse().unwrap();
    Attempt {
        phase: Phase::Hold,
        now,
        today: "2027-01-04".parse().unwrap(),
        start,
        date: "2027-01-11".parse().unwrap(),
        window: BookingWindow { opens: now, closes: start },
        channel: Channel::Public,
        people: 1,
        services: 1,
        group: &GROUP,
        urgent: false,
        person: None,
    }
}
