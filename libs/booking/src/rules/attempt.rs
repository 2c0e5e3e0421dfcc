//! What the rules judge.
//!
//! Everything a rule may look at is a field here, so a rule is a pure function and its tests
//! are values. The slot service fills one in per offer (`services/slot/src/app/visit.rs`),
//! availability and preview do the same without a person.
//!
//! The times that a rule sees are of one moment: `now`, [`Attempt::today`] and
//! [`Attempt::judged_at`] do not come from a clock in between.

use calendar::{BookingWindow, Channel};
use ids::{BookingId, GroupId};
use jiff::{Timestamp, civil::Date};

use super::{BirthDate, History};
use crate::TrustLevel;

/// A visit that is to be booked, or that availability would show.
///
/// Of a visit with several services, each service's rules are asked with the same attempt; one
/// refusal is enough.
#[derive(Debug, Clone)]
pub struct Attempt<'a> {
    /// At which step it is judged.
    pub phase: Phase,
    /// The present moment.
    ///
    /// UTC. For what is true at this moment, such as "the slot lies in the past".
    pub now: Timestamp,
    /// The local day of [`Attempt::judged_at`].
    ///
    /// Europe/Berlin. Rules that count days compare it with [`Attempt::date`].
    pub today: Date,
    /// When the visit would start.
    ///
    /// UTC.
    pub start: Timestamp,
    /// The local day of the visit.
    ///
    /// Europe/Berlin. Not the day of booking.
    pub date: Date,
    /// When the opening rule lets people book this slot.
    pub window: BookingWindow,
    /// By which way it is booked.
    pub channel: Channel,
    /// How many people come.
    ///
    /// All together, the one who books included; at least 1.
    pub people: u16,
    /// How many different services are done in the visit.
    ///
    /// At least 1.
    pub services: u16,
    /// The group of these services.
    ///
    /// All services of a visit belong to one group.
    pub group: &'a GroupId,
    /// Whether the person enters a draw, and does not take this very seat.
    ///
    /// Not when staff enter them: a draw is entered at the desk by people who cannot log in.
    pub enters_draw: bool,
    /// The person. `None` when availability is public: rules about persons then pass.
    pub person: Option<&'a Person>,
}

/// At which step of a booking the rules are asked.
///
/// In the order in which they come. A rule that passed at the hold can still refuse at the
/// confirm: by facts that are known only then, or because the catalogue has changed.
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
        ///
        /// UTC, by the clock of the hold store.
        held_at: Timestamp,
    },
}

/// What the rules may know of a person. No name.
///
/// Gathered by `services/slot/src/app/facts.rs`, and only as far as [`Needs`](super::Needs)
/// asks. What was not asked for has its default, so a rule that forgets to declare a need sees
/// a stranger.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// How sure the log-in is.
    pub level: TrustLevel,
    /// The active booking in the service group, if it is not the one that this visit replaces.
    ///
    /// In any location of the authority. The hold and the database look, too: see
    /// [`one_active_per_group`](super::one_active_per_group).
    pub other_active_booking: Option<BookingId>,
    /// Whether the person's identity is in doubt, and another active booking than the one that this visit
    /// replaces was made in this doubt.
    pub booked_in_doubt: bool,
    /// Whether a required entitlement is on file ([`Needs::entitlement`](super::Needs)).
    ///
    /// For all services of the visit that ask for one.
    pub entitled: bool,
    /// Whether the person has an entitlement and no other appointment was possible: limits of a
    /// person do not apply.
    ///
    /// The slot service takes it to be so for an entitled person who does not move an
    /// appointment.
    pub entitled_only_date: bool,
    /// The birth date, once it is known ([`Needs::birth_date`](super::Needs)). It comes with the
    /// confirm.
    ///
    /// `None` at the hold: it stands in the attendee token, which only the confirm brings.
    pub birth_date: Option<BirthDate>,
    /// What the person did with earlier holds and bookings ([`Needs::history`](super::Needs)).
    ///
    /// As far back as the longest need of the visit's rules.
    pub history: History,
}

impl Attempt<'_> {
    /// The moment that rules about time judge: of the hold, also when it is confirmed later.
    ///
    /// Offer and hold: now. Whatever the person does between hold and confirm, and whatever
    /// limit passes in these minutes, harms the confirm no more.
    #[must_use]
    pub const fn judged_at(&self) -> Timestamp {
        match self.phase {
            Phase::Offer | Phase::Hold => self.now,
            Phase::Confirm { held_at } => held_at,
        }
    }

    /// The person that personal limits apply to. `None` where they never apply: at the desk,
    /// where urgent visits are booked, and for the only date that an entitled person can get.
    ///
    /// Rules that limit a person begin with it; so an exemption is written once. `None` also
    /// while availability is shown. Only [`declined_seats`](super::declined_seats) does not: it closes draws alone.
    #[must_use]
    pub fn limited_person(&self) -> Option<&Person> {
        self.person.filter(|person| self.channel != Channel::Staff && !person.entitled_only_date)
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
        enters_draw: false,
        person: None,
    }
}
