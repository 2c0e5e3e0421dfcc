//! Which entry got which seat, as it is published.
//!
//! The result says as much as its readers need and no more: positions and turns, no names.
//! [`Visits`] has two degrees of detail, chosen in the announcement. [`classes`] sums up how
//! entries of each kind fared, which is the only statement about chances that anybody can check
//! without others' wishes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Announcement, Bytes, Day, Detail, Entry, Minute, Seat, Wishes,
    announcement::Version,
    canonical,
    settle::{Given, settle},
};

/// Whose turn it is to choose; the first is 1.
///
/// A turn is public and stays the name of an entry afterwards, for example in a
/// [`Move`](crate::Move). Turns that got nothing are the waiting list, in this order.
pub type Turn = u32;

/// The published result.
///
/// It has no signature of its own: it stands in the public log, and its order follows from
/// documents that stood there before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawResult {
    /// Digest of the announcement.
    pub announcement: Bytes<32>,
    /// How each kind of entry fared, sorted by cohort, quotas and slots.
    pub classes: Vec<Class>,
    /// In which order they chose: positions in the list of entries, from 0.
    pub order: Vec<u32>,
    /// This scheme.
    pub version: Version,
    /// Which entry got which seat, by turn ascending; turns that got nothing are left out.
    pub visits: Visits,
}

/// Which entry got which seat, as exactly as the draw publishes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Visits {
    /// Place, day and half of the day.
    HalfDays {
        /// Binds the authority to the exact seats: [`SealedSeats::commitment`].
        seal: Bytes<32>,
        /// By turn ascending.
        visits: Vec<HalfDay>,
    },
    /// Row and slot.
    Seats(Vec<Visit>),
}

/// A visit and its exact seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// A position in the announcement's rows.
    pub row: u32,
    /// The first slot.
    ///
    /// Counted from 0 within the row. A visit takes as many slots as its entry needs.
    pub slot: u16,
    /// Whose.
    ///
    /// Through the order it names an entry, and through that a ticket; never a person.
    pub turn: Turn,
}

/// A visit without its exact seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HalfDay {
    /// The day.
    pub day: Day,
    /// Which half it starts in.
    pub half: Half,
    /// A position in the announcement's places.
    pub place: u16,
    /// Whose.
    ///
    /// Through the order it names an entry, and through that a ticket; never a person.
    pub turn: Turn,
}

/// The half of a day in which a visit starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Half {
    /// Before 12:00.
    Am,
    /// From 12:00 on.
    Pm,
}

/// The exact seats of a draw that publishes half days only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealedSeats {
    /// 16 random bytes that keep the seats from being guessed: there are few in a half day.
    pub salt: Bytes<16>,
    /// By turn.
    ///
    /// Ascending, as in a result with exact seats.
    pub seats: Vec<Visit>,
}

/// How the entries of one cohort, with the same quotas and the same length of visit, fared.
///
/// Entries of a class differ in nothing but their luck and their wishes. `first_without` and
/// `last_served` are the cutoffs: a `last_served` above `first_without` shows that wishes, not
/// turns, made the difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Class {
    /// Draws that they went without, see [`Entry::cohort`].
    pub cohort: u8,
    /// How many there are.
    pub entered: u32,
    /// The first turn that got nothing.
    pub first_without: Option<Turn>,
    /// The last turn that got a seat.
    pub last_served: Option<Turn>,
    /// The quotas that they belong to.
    pub quotas: Vec<u8>,
    /// How many got a seat.
    pub served: u32,
    /// Slots of a visit, with companions.
    pub slots: u16,
}

impl DrawResult {
    /// Settles a draw. `wishes` has the wishes of each entry; `salt` seals the exact seats if the
    /// draw publishes half days only.
    ///
    /// `order` is that of [`OrderKey::order`](crate::OrderKey::order). Gives the document, and by
    /// turn what each got and by which wish, which is not published.
    ///
    /// # Panics
    /// `wishes` is shorter than `entries`.
    #[must_use]
    pub fn settle(
        draw: &Announcement,
        entries: &[Entry],
        order: Vec<u32>,
        wishes: &[Wishes],
        salt: Bytes<16>,
    ) -> (Self, Vec<Option<Given>>) {
        let own = |at: usize| Some(wishes[at].wishes.as_slice());
        let given = settle(draw, entries, &order, own, |_| None);
        let seats = seats_by_turn(&given);
        let visits = match draw.detail {
            Detail::Seat => Visits::Seats(seats),
            Detail::HalfDay => {
                let visits = seats.iter().filter_map(|visit| HalfDay::of(draw, visit)).collect();
                Visits::HalfDays { seal: SealedSeats { salt, seats }.commitment(), visits }
            }
        };
        let served = |turn: usize| given[turn].is_some();
        let classes = classes(draw, entries, &order, served);
        let announcement = draw.digest();
        (Self { announcement, classes, order, version: Version::V1, visits }, given)
    }

    /// The turns that got a seat, as published.
    pub fn served(&self) -> Box<dyn Iterator<Item = Turn> + '_> {
        match &self.visits {
            Visits::Seats(visits) => Box::new(visits.iter().map(|visit| visit.turn)),
            Visits::HalfDays { visits, .. } => Box::new(visits.iter().map(|visit| visit.turn)),
        }
    }
}

impl Visit {
    /// Where it is.
    #[must_use]
    pub const fn seat(&self) -> Seat {
        Seat { row: self.row, slot: self.slot }
    }
}

impl HalfDay {
    /// What is published of a visit; none if its row does not exist.
    #[must_use]
    pub fn of(draw: &Announcement, visit: &Visit) -> Option<Self> {
        let row = draw.rows.get(visit.row as usize)?;
        let half = Half::of(row.start(visit.slot));
        Some(Self { day: row.day, half, place: row.place, turn: visit.turn })
    }
}

impl Half {
    /// The half of the day that has this time.
    #[must_use]
    pub const fn of(start: Minute) -> Self {
        if start.minutes() < 12 * 60 { Self::Am } else { Self::Pm }
    }
}

impl SealedSeats {
    /// `SHA-256(lp("apptdraw/v1/seats", seats))` over the canonical form.
    ///
    /// Published as [`Visits::HalfDays`]'s `seal`; the auditor opens it.
    #[must_use]
    pub fn commitment(&self) -> Bytes<32> {
        let fields = tlog::framed(&[b"apptdraw/v1/seats", &canonical::write(self)]);
        tlog::Hash::of(&[&fields]).into()
    }
}

/// The seats that were given, by turn.
#[must_use]
pub fn seats_by_turn(given: &[Option<Given>]) -> Vec<Visit> {
    let turns = (1..).zip(given);
    turns
        .filter_map(|(turn, given)| {
            let seat = given.as_ref()?.seat;
            Some(Visit { row: seat.row, slot: seat.slot, turn })
        })
        .collect()
}

/// How each kind of entry fared, sorted by cohort, quotas and length. `served` is asked for each
/// position in `order`.
///
/// `served` is asked by turn from 0, so that the verifier can pass what was published instead of
/// what it settled.
#[must_use]
pub fn classes(
    draw: &Announcement,
    entries: &[Entry],
    order: &[u32],
    served: impl Fn(usize) -> bool,
) -> Vec<Class> {
    let mut classes = BTreeMap::new();
    for (at, turn) in order.iter().zip(1..) {
        let entry = &entries[*at as usize];
        let slots = draw.slots(entry.companions);
        let class = classes.entry((entry.cohort, &entry.quotas, slots)).or_insert_with(|| Class {
            cohort: entry.cohort,
            entered: 0,
            first_without: None,
            last_served: None,
            quotas: entry.quotas.clone(),
            served: 0,
            slots,
        });
        class.entered += 1;
        if served(turn as usize - 1) {
            class.served += 1;
            class.last_served = Some(turn);
        } else {
            class.first_without = class.first_without.or(Some(turn));
        }
    }
    classes.into_values().collect()
}
