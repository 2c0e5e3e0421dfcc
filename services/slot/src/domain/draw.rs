//! Draws of one authority: where they stand, which seats they give away, who entered.

use std::fmt;

use booking::{Seat, TrustLevel};
use calendar::Desk;
use draw::{Announcement, EndReason, Minute, Row, Serial};
use ids::{
    BookingId, DoubtId, DrawId, EntryId, GroupId, HoldId, LocationId, Pseudonym, ReservationId,
    ServiceId,
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{Binding, BookedBy, waiting::Phone};

/// Makes an enum of names that the database and the API share.
macro_rules! names {
    ($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $of:literal])+ $variant:ident = $text:literal,)+ }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
        pub enum $name {
            $($(#[doc = $of])+ #[serde(rename = $text)] $variant,)+
        }

        impl $name {
            /// Its name.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownName;

            fn from_str(text: &str) -> Result<Self, UnknownName> {
                [$(Self::$variant),+].into_iter().find(|it| it.as_str() == text).ok_or(UnknownName)
            }
        }
    };
}

pub(super) use names;

/// A name that no version of this program writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown name")]
pub struct UnknownName;

names! {
    /// Where a draw stands. Each step is final and published before the next one begins.
    DrawStatus {
        /// The seats are kept and the seed is bound. Within the entry window people can enter.
        Announced = "announced",
        /// The list is closed and published; the second source of chance is still unknown.
        Frozen = "frozen",
        /// Both sources of chance are known.
        Revealed = "revealed",
        /// It is decided who gets what; the winners are being booked.
        Drawn = "drawn",
        /// Each entry is booked or answered, and the proof is published.
        Settled = "settled",
        /// It could not be drawn as announced, so there are no winners.
        Void = "void",
    }
}

names! {
    /// Where an entry stands.
    EntryStatus {
        /// In the draw.
        Entered = "entered",
        /// Drawn, and the seat is kept until the winner answers.
        Offered = "offered",
        /// Drawn and booked.
        Booked = "booked",
        /// Nothing that was wished was left, or the draw is void.
        Without = "without",
        /// Drawn, but not to be booked; `reason` says why.
        NotBooked = "not_booked",
        /// Drawn, and the winner did not want the seat.
        Declined = "declined",
        /// Drawn, and the winner did not answer in time.
        Lapsed = "lapsed",
    }
}

impl EntryStatus {
    /// Whether an entry that stands so can stand as `next` after it.
    #[must_use]
    pub const fn leads_to(self, next: Self) -> bool {
        match self {
            Self::Entered => {
                matches!(next, Self::Offered | Self::Booked | Self::Without | Self::NotBooked)
            }
            Self::Offered => {
                matches!(next, Self::Booked | Self::NotBooked | Self::Declined | Self::Lapsed)
            }
            Self::Booked | Self::Without | Self::NotBooked | Self::Declined | Self::Lapsed => false,
        }
    }
}

names! {
    /// What becomes of seats that a draw leaves over.
    Leftover {
        /// They are open to all.
        Public = "public",
        /// The desk gives them away.
        Desk = "desk",
    }
}

/// One draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draw {
    /// The same for the same authority, service and week.
    pub id: DrawId,
    /// What for.
    pub service: ServiceId,
    /// Its group.
    pub group: GroupId,
    /// Where it stands.
    pub status: DrawStatus,
    /// The Monday of the week whose seats are drawn.
    pub week: Date,
    /// When people can begin to enter.
    pub opens: Timestamp,
    /// When the list closes.
    pub closes: Timestamp,
    /// How many slots it gives away.
    pub slots: u32,
    /// What becomes of what is left over.
    pub leftover: Leftover,
    /// What the catalogue said of the service when it was announced.
    pub terms: String,
    /// The seeds, encrypted.
    pub secrets: Vec<u8>,
    /// How many entered; known once the list is closed.
    pub entered: Option<u32>,
    /// How many got a seat; known once it is drawn.
    pub served: Option<u32>,
    /// Nothing is left to be done since then.
    pub ended_at: Option<Timestamp>,
    /// When its state changed last.
    pub changed_at: Timestamp,
}

impl Draw {
    /// Whether people can enter, change and withdraw at `now`.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.status == DrawStatus::Announced && self.opens <= now && now < self.closes
    }
}

/// The seats of a draw: what its announcement's places and rows are here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pool {
    /// In the order of the announcement's places.
    pub locations: Vec<LocationId>,
    /// In the order of the announcement's rows.
    pub rows: Vec<PoolRow>,
}

/// Slots at one desk, one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolRow {
    /// A position in [`Pool::locations`].
    pub place: u16,
    /// Which desk.
    pub desk: Desk,
    /// When the first slot begins, in seconds since 1970.
    pub start: i64,
    /// Length of a slot.
    pub minutes: u16,
    /// How many.
    pub slots: u16,
    /// The quota that it is kept for: a position in the announcement's quotas.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota: Option<u8>,
}

impl Pool {
    /// The seat of `slots` slots of a row from `slot` on; `None` if there is no such row.
    #[must_use]
    pub fn seat(&self, row: u32, slot: u16, slots: u16) -> Option<Seat> {
        let row = self.rows.get(usize::try_from(row).ok()?)?;
        let location = self.locations.get(usize::from(row.place))?.clone();
        let at = |slot: u16| {
            let after = i64::from(row.minutes) * i64::from(slot) * 60;
            Timestamp::from_second(row.start.checked_add(after)?).ok()
        };
        let (start, end) = (at(slot)?, at(slot.checked_add(slots)?)?);
        Some(Seat { location, desk: row.desk, start, end })
    }

    /// Every single slot, row by row.
    pub fn slots(&self) -> impl Iterator<Item = Seat> + '_ {
        (0u32..).zip(&self.rows).flat_map(move |(at, row)| {
            (0..row.slots).filter_map(move |slot| self.seat(at, slot, 1))
        })
    }

    /// The rows as they are announced, in wall time; `None` if one of them is not on one day of the
    /// clock on the wall (a clock change is in it).
    #[must_use]
    pub fn announced(&self, zone: &jiff::tz::TimeZone) -> Option<Vec<Row>> {
        self.rows.iter().map(|row| row.announced(zone)).collect()
    }
}

impl PoolRow {
    fn announced(&self, zone: &jiff::tz::TimeZone) -> Option<Row> {
        let start = Timestamp::from_second(self.start).ok()?;
        let length = SignedDuration::from_mins(i64::from(self.minutes) * i64::from(self.slots));
        let from = zone.to_datetime(start);
        let until = zone.to_datetime(start.checked_add(length).ok()?);
        let is_plain = from.duration_until(until) == length;
        let minute = u16::try_from(i32::from(from.hour()) * 60 + i32::from(from.minute())).ok()?;
        Some(Row {
            day: from.date().to_string().parse().ok()?,
            from: Minute::new(minute)?,
            minutes: self.minutes,
            place: self.place,
            quota: self.quota,
            slots: self.slots,
        })
        .filter(|_| is_plain)
    }
}

/// One person's entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawEntry {
    /// Its identifier.
    pub id: EntryId,
    /// In which draw.
    pub draw: DrawId,
    /// The person who entered.
    pub person: Pseudonym,
    /// The group in which a person has one entry at a time.
    pub group: GroupId,
    /// Where it stands.
    pub status: EntryStatus,
    /// For which the name is sealed; the booking that comes of it has the same.
    pub hold: HoldId,
    /// How many come together.
    pub people: u16,
    /// How sure the log-in was.
    pub level: TrustLevel,
    /// In which language to write to the person.
    pub language: String,
    /// The member of staff who entered for them, if not they.
    pub booked_by: Option<BookedBy>,
    /// What ties it to the person.
    pub binding: Binding,
    /// The appointment that a win replaces, in a draw of earlier ones.
    pub replaces: Option<BookingId>,
    /// Set while the person's identity is in doubt: all whom that
    /// concerns have one entry in a draw.
    pub doubt: Option<DoubtId>,
    /// What stands in the public list.
    pub public: draw::Entry,
    /// What they wish, encrypted.
    pub wishes: Vec<u8>,
    /// The receipt that was given for it, encrypted.
    pub receipt: Option<Vec<u8>>,
    /// Name and date of birth, encrypted.
    pub attendee: Vec<u8>,
    /// Whose turn it was.
    pub turn: Option<u32>,
    /// What keeps the seat of a winner who must confirm.
    pub offer: Option<WinnersSeat>,
    /// How the desk reaches a winner without e-mail.
    pub phone: Option<Phone>,
    /// What came of it.
    pub booking: Option<BookingId>,
    /// Why nothing came of it, as the code of a problem.
    pub reason: Option<String>,
    /// When they entered. Without effect on the draw.
    pub entered_at: Timestamp,
    /// When it changed last.
    pub changed_at: Timestamp,
}

/// A seat that is kept for the winner of it until they answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WinnersSeat {
    /// What keeps it.
    pub reservation: ReservationId,
    /// Until when it can be accepted.
    pub answer_by: Timestamp,
}

/// An entry that ended before the list was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryEnd {
    /// Its ticket.
    pub serial: Serial,
    /// Its last revision.
    pub revision: u32,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub why: EndReason,
}

impl DrawEntry {
    /// Whether a win replaces this appointment: the one that is named, or any where an older version named none.
    #[must_use]
    pub fn is_instead_of(&self, booking: BookingId) -> bool {
        self.replaces.is_none_or(|named| named == booking)
    }

    /// The seat that its person can accept or decline at `now`.
    #[must_use]
    pub fn open_offer(&self, now: Timestamp) -> Option<WinnersSeat> {
        self.offer.filter(|offer| self.status == EntryStatus::Offered && now < offer.answer_by)
    }

    /// Where it stands at `now`: the job that ends kept seats may not have come by yet.
    #[must_use]
    pub fn status_at(&self, now: Timestamp) -> EntryStatus {
        match self.status {
            EntryStatus::Offered if self.open_offer(now).is_none() => EntryStatus::Lapsed,
            status => status,
        }
    }

    /// The end of the entry.
    #[must_use]
    pub const fn end(&self, why: EndReason, at: Timestamp) -> EntryEnd {
        EntryEnd { serial: self.public.serial, revision: self.public.revision, at, why }
    }
}

/// How long a visit of `people` is, in slots; `None` if more come than the draw allows.
#[must_use]
pub fn slots_of(announcement: &Announcement, people: u16) -> Option<u16> {
    let companions = u8::try_from(people.checked_sub(1)?).ok()?;
    (companions <= announcement.visit.companions).then(|| announcement.slots(companions))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pool(start: &str) -> Pool {
        let start: Timestamp = start.parse().unwrap();
        let row = PoolRow {
            place: 0,
            desk: Desk::new(2).unwrap(),
            start: start.as_second(),
            minutes: 10,
            slots: 6,
            quota: None,
        };
        Pool { locations: vec!["mitte".parse().unwrap()], rows: vec![row] }
    }

    #[test]
    fn a_seat_of_the_pool_is_time_at_a_desk() {
        let pool = pool("2027-01-18T08:00:00Z");
        let seat = pool.seat(0, 2, 3).unwrap();
        assert_eq!(seat.start.to_string(), "2027-01-18T08:20:00Z");
        assert_eq!(seat.end.to_string(), "2027-01-18T08:50:00Z");
        assert_eq!(seat.desk.index(), 2);
        assert_eq!(pool.seat(1, 0, 1), None);
        assert_eq!(pool.slots().count(), 6);
        let announced = pool.announced(&ambient::berlin()).unwrap();
        assert_eq!(announced[0].from.to_string(), "09:00");
        assert_eq!(announced[0].day.to_string(), "2027-01-18");
    }

    #[test]
    fn an_entry_is_answered_once_and_what_is_over_stays_over() {
        use EntryStatus::{Booked, Declined, Entered, Lapsed, NotBooked, Offered, Without};
        let all = [Entered, Offered, Booked, Without, NotBooked, Declined, Lapsed];
        let after = |status: EntryStatus| all.map(|next| status.leads_to(next));
        assert_eq!(after(Entered), [false, true, true, true, true, false, false]);
        assert_eq!(after(Offered), [false, false, true, false, true, true, true]);
        for over in [Booked, Without, NotBooked, Declined, Lapsed] {
            assert_eq!(after(over), [false; 7], "{over}");
        }
    }

    #[test]
    fn a_row_across_a_change_of_clocks_is_not_announced() {
        assert_eq!(pool("2027-03-28T00:30:00Z").announced(&ambient::berlin()), None);
        assert!(pool("2027-03-28T01:00:00Z").announced(&ambient::berlin()).is_some());
    }
}
