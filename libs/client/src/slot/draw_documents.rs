//! What is published of a draw, as far as pages show it (`libs/draw`). Nothing is checked here.

use jiff::{
    Timestamp,
    civil::{Date, Time},
};
use serde::Deserialize;

use super::clock;
use crate::ClientError;

/// Reads a published document.
pub(super) fn document<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, ClientError> {
    serde_json::from_str(text)
        .map_err(|error| ClientError::Unreadable { status: 200, reason: error.to_string() })
}

/// What pages show of an announcement (`libs/draw/README.md`, section 2).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Announced {
    /// The second source of chance.
    pub beacon: Beacon,
    /// How many draws that a person went without count, at most; 0 if chance alone decides.
    #[serde(default)]
    pub cohorts: u8,
    /// Binds the authority to its secret seed.
    pub commitment: String,
    /// `seat` or `halfDay`: how much of the result is published.
    pub detail: String,
    identity: Identity,
    #[serde(default)]
    quotas: Vec<AnnouncedQuota>,
    /// Which seats are drawn.
    pub rows: Vec<DrawnRow>,
    visit: VisitTerms,
}

/// Of what the announcement says of identity, the one thing that pages tell.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Identity {
    independent: bool,
}

/// How many may come with a person, by the announcement.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct VisitTerms {
    companions: u16,
}

/// A group for whom seats are kept, by its German name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct AnnouncedQuota {
    name: String,
}

/// One desk in one session.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct DrawnRow {
    /// Its day.
    pub day: Date,
    #[serde(with = "clock")]
    from: Option<Time>,
    minutes: i32,
    slots: i32,
}

impl DrawnRow {
    /// When its first slot begins, and when its last one ends, in hours of the day: the earlier and
    /// the later full hour.
    fn hours(&self) -> (i8, i8) {
        let from = self.from.unwrap_or(Time::midnight());
        let begins = i32::from(from.hour()) * 60 + i32::from(from.minute());
        let ends = begins.saturating_add(self.minutes.saturating_mul(self.slots)).clamp(0, 1440);
        (from.hour(), i8::try_from((ends + 59) / 60).unwrap_or(24))
    }
}

/// The second source of chance: one of them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Beacon {
    /// A round of drand's quicknet.
    Drand(Round),
    /// The seed of an auditor.
    Auditor {
        /// Its name.
        name: String,
    },
}

/// A number that a public beacon publishes at a known moment.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Round {
    /// Counted from 1.
    pub round: u64,
}

impl Round {
    /// When it is published: each 3 seconds since 2023-08-23T15:09:27Z (drand, quicknet).
    #[must_use]
    pub fn published(&self) -> Option<Timestamp> {
        let seconds = i64::try_from(self.round.checked_sub(1)?).ok()?.checked_mul(3)?;
        Timestamp::from_second(seconds.checked_add(1_692_803_367)?).ok()
    }
}

impl Announced {
    /// Whether another body than the authority runs the log-in: only then entries of nobody are
    /// excluded.
    #[must_use]
    pub const fn has_independent_identity(&self) -> bool {
        self.identity.independent
    }

    /// The people for whom seats are kept, in words of the authority, in German.
    pub fn quotas(&self) -> impl Iterator<Item = &str> {
        self.quotas.iter().map(|quota| quota.name.as_str())
    }

    /// How many can come together, the person included.
    #[must_use]
    pub const fn most_people(&self) -> u16 {
        self.visit.companions.saturating_add(1)
    }

    /// The full hours between which all seats are, by the clock on the wall.
    #[must_use]
    pub fn hours(&self) -> std::ops::RangeInclusive<i8> {
        let hours = || self.rows.iter().map(DrawnRow::hours);
        let first = hours().map(|(first, _)| first).min().unwrap_or(0);
        first..=hours().map(|(_, last)| last).max().unwrap_or(24)
    }

    /// The days on which seats are drawn, in order.
    #[must_use]
    pub fn days(&self) -> Vec<Date> {
        let mut days: Vec<_> = self.rows.iter().map(|row| row.day).collect();
        days.sort_unstable();
        days.dedup();
        days
    }
}

/// What pages show of the closed list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Frozen {
    channels: Channels,
}

/// How many entered by each way; pages tell the desk's number.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Channels {
    desk: u64,
}

impl Frozen {
    pub(super) const fn entered_at_desk(&self) -> u64 {
        self.channels.desk
    }
}

/// What identity says of all tickets.
#[derive(Deserialize)]
pub(super) struct Tickets {
    pub(super) given: GivenTickets,
}

/// How many tickets were given, by the way they were asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct GivenTickets {
    /// With the help of a clerk.
    pub desk: u32,
    /// By a log-in.
    pub online: u32,
}

/// Both sources of chance, as they became known.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Reveal {
    /// The authority's seed, in hexadecimal digits.
    pub seed: String,
    beacon: Revealed,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Revealed {
    Signature(String),
    Seed(String),
}

impl Reveal {
    /// What the beacon or the auditor said, in hexadecimal digits.
    #[must_use]
    pub fn beacon(&self) -> &str {
        match &self.beacon {
            Revealed::Signature(said) | Revealed::Seed(said) => said,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_announcement_says_when_the_chance_is_known_and_on_which_days_there_are_seats() {
        let text = serde_json::json!({
            "beacon": { "drand": { "chain": "52db", "round": 20_791_007 } }, "commitment": "00",
            "detail": "seat", "identity": { "independent": false, "key": "k" },
            "rows": [
                { "day": "2027-01-19", "from": "09:30", "minutes": 15, "slots": 10, "place": 0 },
                { "day": "2027-01-18", "from": "08:00", "minutes": 20, "slots": 2 },
                { "day": "2027-01-19", "from": "10:00", "minutes": 20, "slots": 3 },
            ],
            "visit": { "slots": 1, "companionSlots": 1, "companions": 3 },
        });
        let announced: Announced = document(&text.to_string()).unwrap();
        let Beacon::Drand(round) = &announced.beacon else { panic!("{announced:?}") };
        // As the HTTP API of drand says.
        assert_eq!(round.published().unwrap().as_second(), 1_692_803_367 + 3 * 20_791_006);
        assert_eq!(announced.most_people(), 4);
        let days: Vec<_> = announced.days().iter().map(ToString::to_string).collect();
        assert_eq!(days, ["2027-01-18", "2027-01-19"]);
        assert_eq!(announced.hours(), 8..=12);
        assert!(!announced.has_independent_identity());
    }

    #[test]
    fn a_reveal_says_what_either_source_said() {
        for (beacon, said) in [(r#"{"signature":"ab"}"#, "ab"), (r#"{"seed":"cd"}"#, "cd")] {
            let reveal: Reveal =
                serde_json::from_str(&format!(r#"{{"seed":"00","beacon":{beacon}}}"#)).unwrap();
            assert_eq!(reveal.beacon(), said);
        }
    }
}
