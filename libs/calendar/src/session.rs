//! One opening rule applied to one day.
//!
//! Everything that differs between two rules is resolved here into units, desks and instants,
//! so that availability, hold and confirm ask the same questions of the same small struct.

use std::fmt;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::DeskSet;

/// By which way an appointment is booked. Each way sees the desks of the ways before it and
/// perhaps more.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// Citizens and agencies over the internet (ZMS: `workstationCount.public`).
    Public,
    /// The public service number 115 (ZMS: `workstationCount.callcenter`, dropped there in 2025).
    Phone,
    /// The office's own staff (ZMS: `workstationCount.intern`).
    Staff,
}

/// As it stands in the catalogue and in the API.
impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Public => "public",
            Self::Phone => "phone",
            Self::Staff => "staff",
        })
    }
}

/// When a session's slots can be booked (ZMS: `availability.bookable`).
///
/// Half-open: at `opens` it can be booked, at `closes` no longer. If `opens` is after `closes`,
/// only staff can book, once it has opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BookingWindow {
    /// From this instant on, for every channel (ZMS: `endInDays` before the day; ours may name
    /// the time of day at which a new day opens).
    pub opens: Timestamp,
    /// Before this instant, for [`Channel::Public`] and [`Channel::Phone`] (ZMS: `startInDays`).
    /// Staff may book until the slot begins.
    pub closes: Timestamp,
}

impl BookingWindow {
    /// Whether `channel` may book at `now`. That a slot has not begun yet is checked elsewhere.
    ///
    /// The rule `bookingWindow` in `booking` refuses for the same reasons and says which; this
    /// one is for counting.
    #[must_use]
    pub fn is_open(&self, channel: Channel, now: Timestamp) -> bool {
        self.opens <= now && (channel == Channel::Staff || now < self.closes)
    }
}

/// One opening rule applied to one day (ZMS: *availability* of type `appointment`). A visit never
/// spans two sessions.
///
/// Its units are those of the [`DayPlan`](crate::DayPlan) that holds it. `from` is less than
/// `until`, and `public`, `phone` and `staff` are subsets in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// First unit of the session.
    pub from: u16,
    /// First unit after the session.
    pub until: u16,
    /// Length of one slot in units (ZMS: `slotTimeInMinutes`), at least 1.
    ///
    /// The first slot begins at `from`; the others follow without a gap.
    pub slot_units: u16,
    /// Whether a visit may take several slots (ZMS: `multipleSlotsAllowed`). If not, every visit
    /// takes one slot here.
    ///
    /// For example for pick-ups, which are short whatever is handed out.
    pub multiple_slots: bool,
    /// Desks for [`Channel::Public`].
    pub public: DeskSet,
    /// Desks for [`Channel::Phone`]: those of `public` and perhaps more.
    pub phone: DeskSet,
    /// Desks for [`Channel::Staff`]: those of `phone` and perhaps more.
    pub staff: DeskSet,
    /// When its slots can be booked.
    pub window: BookingWindow,
}

impl Session {
    /// The desks that `channel` may use.
    ///
    /// A channel with more desks includes those of the others: staff may book what the public
    /// could.
    #[must_use]
    pub const fn desks(&self, channel: Channel) -> DeskSet {
        match channel {
            Channel::Public => self.public,
            Channel::Phone => self.phone,
            Channel::Staff => self.staff,
        }
    }

    /// How many units a visit of `slots` slots takes in this session.
    ///
    /// `slots` is what the visit's services and people add up to. Stops at the greatest number,
    /// which fits nowhere.
    #[must_use]
    pub const fn visit_units(&self, slots: u16) -> u16 {
        if self.multiple_slots { self.slot_units.saturating_mul(slots) } else { self.slot_units }
    }

    /// Whether a visit of `slots` slots may start at `unit`: on a slot's start, and it ends
    /// within the session. (ZMS's trailing partial slot does not exist here.)
    ///
    /// `slots` of 0 fit nowhere.
    #[must_use]
    pub const fn fits(&self, unit: u16, slots: u16) -> bool {
        slots > 0
            && unit >= self.from
            && (unit - self.from).is_multiple_of(self.slot_units)
            && unit.saturating_add(self.visit_units(slots)) <= self.until
    }

    /// The units at which a visit of `slots` slots may start, earliest first.
    ///
    /// Empty if the session is shorter than the visit. Each start is a whole number of slots
    /// after the opening, not of visits: visits of two slots may start at every slot.
    pub fn starts(&self, slots: u16) -> impl Iterator<Item = u16> + '_ {
        (self.from..self.until)
            .step_by(usize::from(self.slot_units))
            .take_while(move |unit| self.fits(*unit, slots))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session() -> Session {
        Session {
            from: 96,
            until: 105,
            slot_units: 2,
            multiple_slots: true,
            public: DeskSet::first(1),
            phone: DeskSet::first(2),
            staff: DeskSet::first(3),
            window: BookingWindow { opens: Timestamp::MIN, closes: Timestamp::MAX },
        }
    }

    #[test]
    fn visits_start_on_slots_and_end_within_the_session() {
        assert_eq!(session().starts(1).collect::<Vec<_>>(), [96, 98, 100, 102]);
        assert_eq!(session().starts(3).collect::<Vec<_>>(), [96, 98]);
        assert_eq!(session().starts(0).count(), 0);
        assert!(!session().fits(97, 1) && !session().fits(94, 1) && !session().fits(104, 1));
        assert_eq!(session().starts(u16::MAX).count(), 0);
    }

    #[test]
    fn a_session_for_single_slots_gives_every_visit_one_slot() {
        let session = Session { multiple_slots: false, ..session() };
        assert_eq!(session.visit_units(3), 2);
        assert_eq!(session.starts(3).count(), 4);
    }

    #[test]
    fn staff_may_book_after_the_window_closed_but_not_before_it_opened() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let window =
            BookingWindow { opens: at("2027-01-01T00:00Z"), closes: at("2027-02-01T00:00Z") };
        let late = at("2027-02-01T00:00Z");
        assert!(window.is_open(Channel::Staff, late));
        assert!(!window.is_open(Channel::Public, late) && !window.is_open(Channel::Phone, late));
        assert!(!window.is_open(Channel::Staff, at("2026-12-31T23:59Z")));
        assert!(window.is_open(Channel::Public, at("2027-01-01T00:00Z")));
    }
}
