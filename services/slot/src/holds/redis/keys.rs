//! Names of keys.
//!
//! All keys of one authority share the hash tag `{ft:<authority>}`, so that a cluster keeps them
//! on one node and a script may use several. What is known in an epoch is in a namespace of its
//! own: a rebuild starts in an empty place, and what an earlier epoch left behind is taken away
//! when the next rebuild begins. Everything expires.
//!
//! Processes that know different formats do not see each other's holds: while a new version is
//! rolled out the same seat may be held in both. The database decides, as after a loss.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use booking::{LocalDay, Seat, Span};
use calendar::Desk;
use ids::{AuthorityId, GroupId, LocationId, Pseudonym, ServiceId};
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

use super::due::Due;

/// The number of the format of all that is kept of the holds.
const FORMAT: u8 = 4;
/// Of what is no hold and outlives them: the number that the format of the holds had when that began. It stays
/// when the other one changes. Else the processes of both versions, while one is rolled out, would take the same
/// proof twice, and not know what the others refused.
const LASTING: u8 = 3;

/// How long the keys of a day are kept after it began, in UTC: two days, so that late messages still find it.
const DAY_KEPT: SignedDuration = SignedDuration::from_hours(48);

const HISTORY: &str = "history:";
const ENTITLED: &str = "entitled:";

/// Key names of one authority, whatever the epoch.
#[derive(Debug, Clone)]
pub(super) struct Place {
    holds: String,
    lasting: String,
}

impl Place {
    pub fn of(authority: &AuthorityId) -> Self {
        let of = |format: u8| format!("{{ft:{authority}}}:{format}");
        Self { holds: of(FORMAT), lasting: of(LASTING) }
    }

    /// The present epoch and the server that was loaded: see [`Keys::record`].
    pub fn epoch(&self) -> String {
        format!("{}:epoch", self.holds)
    }

    /// The epoch that is being loaded; expires if that is given up.
    pub fn rebuilding(&self) -> String {
        format!("{}:rebuilding", self.holds)
    }

    /// Refusals that replicas report to each other: a stream.
    pub fn refusals(&self) -> String {
        format!("{}:refusals", self.lasting)
    }

    /// A DPoP proof that was used.
    pub fn proof(&self, id: &str) -> String {
        format!("{}:proof:{id}", self.lasting)
    }

    /// What every name of every epoch begins with.
    pub fn epochs(&self) -> String {
        format!("{}:in:", self.holds)
    }
}

/// Key names of one authority in one epoch.
#[derive(Debug)]
pub(super) struct Keys {
    /// The epoch's number.
    pub epoch: u64,
    /// What the epoch key says: the number in hexadecimal and the run id of the server.
    pub record: String,
    /// The key of the epoch.
    pub epoch_key: String,
    /// What every name begins with.
    pub names: String,
    /// The latest version of the feed that a reply showed.
    latest: AtomicU64,
    /// How often one command was enough to know that nothing changed.
    pub quiet_looks: AtomicU64,
    /// When the keys without a day are to be kept alive again.
    pub renewal: Due,
    /// When something may have expired that has not ended.
    pub expiry: Due,
}

impl Keys {
    pub fn new(place: &Place, epoch: u64, server: &str) -> Self {
        Self {
            epoch,
            record: format!("{epoch:016x}/{server}"),
            epoch_key: place.epoch(),
            names: format!("{}{epoch:016x}:", place.epochs()),
            latest: AtomicU64::new(0),
            quiet_looks: AtomicU64::new(0),
            renewal: Due::default(),
            expiry: Due::default(),
        }
    }

    /// The names of the epoch that a record states.
    pub fn read(place: &Place, record: &str) -> Option<Self> {
        let (epoch, server) = record.split_once('/')?;
        Some(Self::new(place, u64::from_str_radix(epoch, 16).ok()?, server))
    }

    /// The latest version that is known.
    pub fn latest(&self) -> u64 {
        self.latest.load(Ordering::Acquire)
    }

    /// Takes note of a version.
    pub fn saw(&self, version: u64) {
        self.latest.fetch_max(version, Ordering::AcqRel);
    }

    fn name(&self, rest: &str) -> String {
        let mut name = String::with_capacity(self.names.len() + rest.len());
        name.push_str(&self.names);
        name.push_str(rest);
        name
    }

    /// The marks of a day: a string, see `formats.lua`.
    pub fn marks(&self, day_name: &str) -> String {
        self.name("marks:") + day_name
    }

    /// What keeps places of a day: a hash, see `formats.lua`.
    pub fn seats(&self, day_name: &str) -> String {
        self.name("seats:") + day_name
    }

    /// What is for the desk only: a hash, see `formats.lua`.
    pub fn closed(&self, day_name: &str) -> String {
        self.name("closed:") + day_name
    }

    /// What names of what a person has begin with.
    pub fn who_prefix(&self) -> String {
        self.name("who:")
    }

    /// What a person has in a group: a string, see `formats.lua`.
    pub fn who(&self, person: Pseudonym, group: &GroupId) -> Vec<u8> {
        person_name(&self.names, "who:", person, group.as_str())
    }

    /// Exists while a person has a history.
    pub fn history(&self, person: Pseudonym) -> Vec<u8> {
        person_name(&self.names, HISTORY, person, "")
    }

    /// Exists while a person is entitled to a service.
    pub fn entitled(&self, person: Pseudonym, service: &ServiceId) -> Vec<u8> {
        person_name(&self.names, ENTITLED, person, service.as_str())
    }

    /// What ends in the same ten seconds: with their number behind it, a list.
    pub fn ends(&self) -> String {
        self.name("ends:")
    }

    /// Up to where such lists were read.
    pub fn ended_until(&self) -> String {
        self.name("ended-until")
    }

    /// The set of ended holds, with an empty one from the beginning: without it, the server threw it away.
    pub fn returning(&self) -> String {
        self.name("returning")
    }

    /// The set of the names of days.
    pub fn days(&self) -> String {
        self.name("days")
    }

    /// What the database had on each day that was right when it was compared last and has not changed
    /// since: a hash of digests.
    pub fn compared(&self) -> String {
        self.name("compared")
    }

    /// How much was cut off the feed.
    pub fn base(&self) -> String {
        self.name("base")
    }

    /// The change feed: each entry the names of days that changed, separated by spaces.
    pub fn feed(&self) -> String {
        self.name("feed")
    }
}

/// The name of [`Keys::history`] without what every name begins with.
pub(super) fn history_name(person: Pseudonym) -> Vec<u8> {
    person_name("", HISTORY, person, "")
}

/// The name of [`Keys::entitled`] without what every name begins with.
pub(super) fn entitled_name(person: Pseudonym, service: &ServiceId) -> Vec<u8> {
    person_name("", ENTITLED, person, service.as_str())
}

fn person_name(names: &str, kind: &str, person: Pseudonym, rest: &str) -> Vec<u8> {
    let person = person.to_bits().to_be_bytes();
    [names.as_bytes(), kind.as_bytes(), &person, rest.as_bytes()].concat()
}

/// What Redis calls a day.
pub(super) fn day_name(location: &LocationId, date: Date) -> String {
    format!("{location}/{date}")
}

/// The day that a name means.
pub(super) fn parse_day_name(name: &str) -> Option<(LocationId, Date)> {
    let (location, date) = name.split_once('/')?;
    Some((location.parse().ok()?, date.parse().ok()?))
}

/// When the keys of a day may go, in milliseconds. Days of UTC have the same length, so no calendar is asked.
pub(super) fn day_expires_at(date: Date) -> i64 {
    let began = date.duration_since(Date::constant(1970, 1, 1));
    (began + DAY_KEPT).as_secs() * 1_000
}

/// A day, and what follows from it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SpotDay {
    pub day: LocalDay,
    ends_at: Timestamp,
    /// What Redis calls it.
    pub name: String,
    /// When its keys may go, in milliseconds.
    pub expires_at: i64,
}

/// Where a seat is kept.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub day: Arc<SpotDay>,
    pub span: Span,
    /// Desk and minutes; see `formats.lua`.
    pub place: [u8; 5],
}

impl Spot {
    pub fn of(seat: &Seat, zone: &TimeZone) -> Self {
        let day = LocalDay::of_seat(seat, zone);
        let next =
            day.date.tomorrow().ok().map(|date| LocalDay::new(seat.location.clone(), date, zone));
        let day = SpotDay {
            ends_at: next.map_or(Timestamp::MAX, |next| next.starts_at),
            name: day_name(&day.location, day.date),
            expires_at: day_expires_at(day.date),
            day,
        };
        Self::on(Arc::new(day), seat)
    }

    /// Where a seat of the same day is kept.
    pub fn beside(&self, seat: &Seat) -> Option<Self> {
        let SpotDay { day, ends_at, .. } = &*self.day;
        let is_same =
            day.location == seat.location && (day.starts_at..*ends_at).contains(&seat.start);
        is_same.then(|| Self::on(Arc::clone(&self.day), seat))
    }

    fn on(day: Arc<SpotDay>, seat: &Seat) -> Self {
        let span = day.day.span_of(seat);
        Self { day, span, place: place(seat.desk, span) }
    }

    /// How the lists and sets call what is kept here: place, id, day.
    pub fn entry(&self, id: u128) -> Vec<u8> {
        [&self.place[..], &id.to_be_bytes(), self.day.name.as_bytes()].concat()
    }
}

/// A place as `formats.lua` packs it.
pub(super) fn place(desk: Desk, span: Span) -> [u8; 5] {
    let ([a, b], [c, d]) = (span.from.to_le_bytes(), span.until.to_le_bytes());
    [desk.index(), a, b, c, d]
}

/// The place that five bytes mean.
pub(super) fn parse_place([desk, a, b, c, d]: [u8; 5]) -> Option<(Span, Desk)> {
    let span = Span { from: u16::from_le_bytes([a, b]), until: u16::from_le_bytes([c, d]) };
    Some((span, Desk::new(desk)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_of_a_day_go_two_days_after_it_began_whatever_the_clocks_do() {
        for (date, expires_at) in [
            ("1970-01-01", "1970-01-03T00:00:00Z"),
            ("2027-03-28", "2027-03-30T00:00:00Z"),
            ("2028-02-28", "2028-03-01T00:00:00Z"),
        ] {
            let expected: Timestamp = expires_at.parse().unwrap();
            assert_eq!(day_expires_at(date.parse().unwrap()), expected.as_millisecond(), "{date}");
        }
    }

    #[test]
    fn what_a_person_has_is_called_the_same_with_and_without_the_epoch() {
        let keys = Keys::new(&Place::of(&"amt".parse().unwrap()), 7, "server");
        let (person, service): (_, ServiceId) = (Pseudonym::from_bits(5), "pass".parse().unwrap());
        let in_epoch = |name: Vec<u8>| [keys.names.as_bytes(), &name[..]].concat();
        assert_eq!(keys.history(person), in_epoch(history_name(person)));
        assert_eq!(keys.entitled(person, &service), in_epoch(entitled_name(person, &service)));
    }

    #[test]
    fn what_outlives_an_epoch_has_the_same_names_in_every_version() {
        let place = Place::of(&"amt".parse().unwrap());
        assert_eq!(place.refusals(), "{ft:amt}:3:refusals");
        assert_eq!(place.proof("one"), "{ft:amt}:3:proof:one");
        assert_eq!(place.epoch(), format!("{{ft:amt}}:{FORMAT}:epoch"));
    }
}
