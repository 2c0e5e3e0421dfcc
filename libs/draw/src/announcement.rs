//! What is fixed and published before anybody enters.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use tlog::{KeyKind, VerifierKey};

use crate::{Bytes, Day, Minute, Seconds, canonical, quicknet};

/// Between the closing of a draw and its beacon, at least: time to publish the frozen list.
pub const FREEZE_SECONDS: Seconds = 30 * 60;
/// Slots of one draw, at most.
pub const MAX_SLOTS: usize = 1_000_000;
/// Slots of one visit, at most.
pub const MAX_VISIT: u16 = 48;

/// The version of the scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Version {
    /// As in this crate's README.
    #[serde(rename = "apptdraw/v1")]
    V1,
}

/// A draw, as it is announced before the entry window opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Announcement {
    /// Who draws.
    pub authority: String,
    /// The second source of chance, which the authority does not know.
    pub beacon: Beacon,
    /// When the entry window closes.
    pub closes: Seconds,
    /// The highest cohort: draws that somebody went without count up to here.
    pub cohorts: u8,
    /// Binds the authority to its seed: `SHA-256(lp("apptdraw/v1/seed", draw, seed))`.
    pub commitment: Bytes<32>,
    /// How exactly the result is published.
    pub detail: Detail,
    /// The draw's own id.
    pub draw: String,
    /// Who gives the tickets.
    pub identity: Identity,
    /// Where all this is logged.
    pub log: Log,
    /// When the entry window opens.
    pub opens: Seconds,
    /// Names of the places. Everything else names a place by its position here, from 0.
    pub places: Vec<String>,
    /// Who has seats of their own.
    pub quotas: Vec<Quota>,
    /// The key under which receipts are signed.
    pub receipts: String,
    /// The seats: one row per desk and session.
    pub rows: Vec<Row>,
    /// Who may enter, in words.
    pub rule: String,
    /// What the appointment is for.
    pub service: String,
    /// This scheme.
    pub version: Version,
    /// How long a visit is.
    pub visit: VisitLength,
}

/// The source of chance that the authority does not know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Beacon {
    /// The seed of an independent auditor, where no public beacon can be reached:
    /// `SHA-256(lp("apptdraw/v1/auditor", draw, seed))`.
    Auditor {
        /// Binds the auditor to its seed.
        commitment: Bytes<32>,
        /// Who it is.
        name: String,
    },
    /// A future round of a drand network.
    Drand {
        /// The chain hash of the network: quicknet's.
        chain: Bytes<32>,
        /// The round.
        round: u64,
    },
}

/// How exactly the result is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Detail {
    /// Place, day and half of the day: for sensitive services and small draws.
    HalfDay,
    /// Row and slot.
    Seat,
}

/// Who gives the tickets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Identity {
    /// Run by another body than the authority. If not, tickets of invented persons are not
    /// excluded, and the draw says so.
    pub independent: bool,
    /// The key under which the count of tickets is signed.
    pub key: String,
    /// Binds identity to its stamp key: `SHA-256(lp("apptdraw/v1/stamp-key", draw, key))`.
    pub stamp: Bytes<32>,
}

/// Where a draw is logged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Log {
    /// The key of the log.
    pub key: String,
    /// Keys of those who watch the log.
    pub witnesses: Vec<String>,
}

/// By which way somebody entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Channel {
    /// With the help of a clerk.
    Desk,
    /// On their own.
    Online,
}

/// Who has seats of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Quota {
    /// Only for those who entered this way.
    pub channel: Option<Channel>,
    /// For example `title expires before the next draw`.
    pub name: String,
}

/// One desk during one session: slots of equal length, one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Row {
    /// When.
    pub day: Day,
    /// Start of the first slot.
    pub from: Minute,
    /// Length of a slot.
    pub minutes: u16,
    /// Where: a position in [`Announcement::places`].
    pub place: u16,
    /// For whom alone: a position in [`Announcement::quotas`].
    pub quota: Option<u8>,
    /// How many.
    pub slots: u16,
}

/// How many consecutive slots a visit takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct VisitLength {
    /// For each person who comes along.
    pub companion_slots: u16,
    /// How many may come along.
    pub companions: u8,
    /// For one person.
    pub slots: u16,
}

/// An announcement that contradicts itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidAnnouncement {
    /// A text that is too long or has control characters.
    #[error("`{0}` is 1 to {1} characters without control characters")]
    Text(&'static str, usize),
    /// Too many or too few of something.
    #[error("`{0}` has too many or too few members")]
    Count(&'static str),
    /// A key that can't be read.
    #[error("`{0}` is no verifier key of its kind")]
    Key(&'static str),
    /// A window that ends before it starts.
    #[error("the entry window ends before it begins")]
    Window,
    /// Not the drand network that this version knows.
    #[error("the beacon is not of the network quicknet")]
    Chain,
    /// A beacon that is known before the list is frozen.
    #[error("the beacon's round comes less than {FREEZE_SECONDS} seconds after closing")]
    Early,
    /// A row that is impossible.
    #[error("row {0}: an unknown place or quota, no slots, or it ends after midnight")]
    Row(usize),
    /// A visit that is impossible.
    #[error("a visit has 1 to {MAX_VISIT} slots, with all companions")]
    Visit,
}

impl Announcement {
    /// The hash that every other document of the draw names.
    #[must_use]
    pub fn digest(&self) -> Bytes<32> {
        tlog::Hash::of(&[&canonical::write(self)]).into()
    }

    /// How many consecutive slots a visit with this many companions takes.
    #[must_use]
    pub fn slots(&self, companions: u8) -> u16 {
        self.visit.slots + self.visit.companion_slots * u16::from(companions)
    }

    /// When the beacon can be known at the earliest; none for an auditor's seed.
    #[must_use]
    pub fn beacon_time(&self) -> Option<Seconds> {
        match self.beacon {
            Beacon::Drand { round, .. } => Some(quicknet::time(round)),
            Beacon::Auditor { .. } => None,
        }
    }

    /// Checks what the types cannot say.
    ///
    /// # Errors
    /// The first thing that contradicts itself.
    pub fn check(&self) -> Result<(), InvalidAnnouncement> {
        self.check_texts()?;
        self.check_times()?;
        let one = |n: usize, max: usize| (1..=max).contains(&n);
        let total: usize = self.rows.iter().map(|row| usize::from(row.slots)).sum();
        for (name, fits) in [
            ("places", one(self.places.len(), 1000)),
            ("quotas", self.quotas.len() <= 16),
            ("rows", one(self.rows.len(), 100_000) && total <= MAX_SLOTS),
            ("witnesses", self.log.witnesses.len() <= 16),
        ] {
            if !fits {
                return Err(InvalidAnnouncement::Count(name));
            }
        }
        let longest = u32::from(self.visit.slots)
            + u32::from(self.visit.companion_slots) * u32::from(self.visit.companions);
        if self.visit.slots == 0 || longest > u32::from(MAX_VISIT) {
            return Err(InvalidAnnouncement::Visit);
        }
        match self.rows.iter().position(|row| !self.is_possible(row)) {
            Some(row) => Err(InvalidAnnouncement::Row(row)),
            None => Ok(()),
        }
    }

    fn check_texts(&self) -> Result<(), InvalidAnnouncement> {
        let text = |name, max: usize, text: &str| {
            let fits = (1..=max).contains(&text.chars().count());
            let plain = !text.chars().any(char::is_control);
            (fits && plain).then_some(()).ok_or(InvalidAnnouncement::Text(name, max))
        };
        text("authority", 200, &self.authority)?;
        text("draw", 64, &self.draw)?;
        text("rule", 2000, &self.rule)?;
        text("service", 200, &self.service)?;
        self.places.iter().try_for_each(|place| text("places", 200, place))?;
        self.quotas.iter().try_for_each(|quota| text("quotas", 200, &quota.name))?;
        if let Beacon::Auditor { name, .. } = &self.beacon {
            text("beacon", 200, name)?;
        }
        let key = |name, kind, text: &str| match text.parse::<VerifierKey>() {
            Ok(key) if key.kind() == kind => Ok(key),
            _ => Err(InvalidAnnouncement::Key(name)),
        };
        key("identity", KeyKind::Note, &self.identity.key)?;
        key("receipts", KeyKind::Note, &self.receipts)?;
        key("log", KeyKind::Note, &self.log.key)?;
        let mut witnesses = HashSet::new();
        for witness in &self.log.witnesses {
            let key = key("witnesses", KeyKind::Cosignature, witness)?;
            if !witnesses.insert(key.name().to_owned()) {
                return Err(InvalidAnnouncement::Key("witnesses"));
            }
        }
        Ok(())
    }

    fn check_times(&self) -> Result<(), InvalidAnnouncement> {
        if self.opens >= self.closes || self.closes > canonical::MAX_NUMBER - FREEZE_SECONDS {
            return Err(InvalidAnnouncement::Window);
        }
        match self.beacon {
            Beacon::Auditor { .. } => Ok(()),
            Beacon::Drand { chain, .. } if chain.0 != quicknet::CHAIN => {
                Err(InvalidAnnouncement::Chain)
            }
            Beacon::Drand { round, .. }
                if round == 0
                    || round > canonical::MAX_NUMBER / 4
                    || quicknet::time(round) < self.closes + FREEZE_SECONDS =>
            {
                Err(InvalidAnnouncement::Early)
            }
            Beacon::Drand { .. } => Ok(()),
        }
    }

    fn is_possible(&self, row: &Row) -> bool {
        let end = u32::from(row.from.minutes()) + u32::from(row.minutes) * u32::from(row.slots);
        usize::from(row.place) < self.places.len()
            && row.quota.is_none_or(|quota| usize::from(quota) < self.quotas.len())
            && row.minutes > 0
            && row.slots > 0
            && end <= u32::from(Minute::MIDNIGHT.minutes())
    }
}

impl Row {
    /// When slot number `slot` starts; that of the slot after the last one is the row's end.
    #[must_use]
    pub fn start(&self, slot: u16) -> Minute {
        let minutes = self.from.minutes().saturating_add(self.minutes.saturating_mul(slot));
        Minute::new(minutes).unwrap_or(Minute::MIDNIGHT)
    }
}
