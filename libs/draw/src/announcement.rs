//! What is fixed and published before anybody enters.
//!
//! The announcement is the one document that the authority can still shape freely, so all that
//! could later be bent stands in it: seats, rules, both sources of chance, keys, and whom to ask.
//! Every later document names its [`digest`](Announcement::digest); a changed announcement is
//! another draw.
//!
//! Reader's path: [`Announcement`] and its parts, then [`Announcement::check`], which refuses what
//! the types cannot. Section 2 of the README lists the same members as a table. Whether the
//! announcement was published in time is not decided here: [`crate::check`] asks the log.
//!
//! Members stand in the order of their names, because the canonical form sorts them and `serde`
//! writes them as they stand: see [`crate::canonical`].

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use tlog::{KeyKind, VerifierKey};

use crate::{Bytes, Day, Minute, Seconds, canonical, quicknet};

/// Between the closing of a draw and its beacon, at least: time to publish the frozen list.
///
/// Half an hour in seconds. The frozen list must be witnessed before anybody can know the beacon; a
/// log and its witnesses need minutes, and a person on duty may have to look.
pub const FREEZE_SECONDS: Seconds = 30 * 60;
/// Slots of one draw, at most. Bounds what a verifier allocates for a stranger's announcement:
/// about 16 bytes a slot in [`Seats`](crate::Seats).
pub const MAX_SLOTS: usize = 1_000_000;
/// Slots of one visit, at most, with all companions: 12 hours of 15 minutes.
pub const MAX_VISIT: u16 = 48;

/// The version of the scheme. A document of another scheme does not parse, so these rules are never
/// applied to words that mean something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Version {
    /// As in this crate's README.
    #[serde(rename = "apptdraw/v1")]
    V1,
}

/// A draw, as it is announced before the entry window opens.
///
/// Invariants that the types do not carry are those of [`check`](Self::check); every verifier calls
/// it first. Texts are for people and have no effect on the result, except `draw`, which goes into
/// each commitment and each stamp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Announcement {
    /// The body that draws, in words for people, 1 to 200 characters.
    pub authority: String,
    /// The second source of chance, which the authority does not know.
    pub beacon: Beacon,
    /// When the entry window closes, later than `opens`. Entries that come later are not in the
    /// list; the freeze is not before.
    pub closes: Seconds,
    /// The highest cohort, 0 to 255: draws in which a person went without count up to here. 0 gives
    /// everybody the same chance in each draw.
    pub cohorts: u8,
    /// Binds the authority to its seed: `SHA-256(lp("apptdraw/v1/seed", draw, seed))`, see
    /// [`Secret::Seed`](crate::Secret::Seed). It is published before anybody enters, so that the
    /// seed cannot be chosen to suit the list.
    pub commitment: Bytes<32>,
    /// How exactly the result is published.
    pub detail: Detail,
    /// The draw's own id, 1 to 64 characters. It goes into commitments and stamps, so that a secret
    /// of one draw opens nothing of another. The authority keeps it unique.
    pub draw: String,
    /// The issuer of the tickets.
    pub identity: Identity,
    /// Where all this is logged, and which witnesses watch the log.
    pub log: Log,
    /// When the entry window opens. The announcement must stand in the log before.
    pub opens: Seconds,
    /// Names of the places, 1 to 1000. Everything else names a place by its position here, from 0.
    pub places: Vec<String>,
    /// The groups of entrants for whom seats are kept, at most 16. Everything else names a quota by
    /// its position here.
    pub quotas: Vec<Quota>,
    /// The key under which receipts are signed, a verifier key of C2SP `signed-note`. A receipt
    /// under another key proves no promise of this authority.
    pub receipts: String,
    /// The seats: one row per desk and session, at most 100,000 rows with [`MAX_SLOTS`] slots in
    /// all. Everything else names a row by its position here.
    pub rows: Vec<Row>,
    /// Which people may enter, in words, at most 2000 characters. The draw cannot check it. The
    /// auditor can, with the office's records.
    pub rule: String,
    /// What the appointment is for, in words.
    pub service: String,
    /// This scheme.
    pub version: Version,
    /// How long a visit is.
    pub visit: VisitLength,
}

/// The source of chance that the authority does not know.
///
/// It is fixed here and never exchanged. A choice between two numbers would be two tries, so a
/// beacon that fails to appear voids the draw (README, section 4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Beacon {
    /// The seed of an independent auditor, where no public beacon can be reached:
    /// `SHA-256(lp("apptdraw/v1/auditor", draw, seed))`.
    Auditor {
        /// Binds the auditor to its seed.
        commitment: Bytes<32>,
        /// The auditor's name in words, 1 to 200 characters.
        name: String,
    },
    /// A future round of a drand network. Its members sign the round's number together, so its
    /// value can be neither known nor chosen before: see [`quicknet`].
    Drand {
        /// The chain hash of the network: [`quicknet::CHAIN`], the only one that this version
        /// knows.
        chain: Bytes<32>,
        /// The round, published [`FREEZE_SECONDS`] or more after closing. Rounds count from 1.
        round: u64,
    },
}

/// How exactly the result is published.
///
/// Part of the announcement, since a decision afterwards could hide a seat that went to a friend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Detail {
    /// Place, day and half of the day: for sensitive services and draws of fewer than about 50
    /// entries, where an exact time would tell neighbours which person it is. Strangers can check
    /// less then.
    HalfDay,
    /// Row and slot. Strangers can check that every seat exists, fits and went once.
    Seat,
}

/// The body that gives the tickets: one per person. Identity sees neither wishes nor result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Identity {
    /// Run by another body than the authority. If not, tickets of invented persons are not
    /// excluded, and the check [`Tickets`](crate::check::Check::Tickets) says so instead of
    /// holding.
    pub independent: bool,
    /// The key under which tickets and their count are signed, a verifier key of type 1 (C2SP
    /// `signed-note`).
    pub key: String,
    /// Binds identity to its stamp key: `SHA-256(lp("apptdraw/v1/stamp-key", draw, key))`.
    pub stamp: Bytes<32>,
}

/// Where a draw is logged. Without a log one result could be shown here and another there: see the
/// crate `tlog`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Log {
    /// The key of the log. Its name is the log's origin (C2SP `tlog-checkpoint`).
    pub key: String,
    /// Keys of those who watch the log, of type 4 (C2SP `tlog-cosignature`), at most 16, each name
    /// once. Their clocks say when a document stood in the log; without witnesses only the log
    /// itself does.
    pub witnesses: Vec<String>,
}

/// The way by which a person entered.
///
/// Kept with each entry, because a quota can be for one channel alone and because identity counts
/// its tickets by channel: a clerk who invents entries is seen in the desk's count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Channel {
    /// With the help of a clerk, for people without an online ID.
    Desk,
    /// On their own, with a log-in.
    Online,
}

/// A group of entrants for whom seats are kept.
///
/// A row with a quota is open to its members alone. What they leave over is not given away in this
/// draw. Members may take any other seat too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Quota {
    /// Only for those who entered this way; null if the way does not matter.
    pub channel: Option<Channel>,
    /// For example `title expires before the next draw`.
    pub name: String,
}

/// One desk during one session: slots of equal length, one after the other.
///
/// All slots of a row are at one desk, so a visit of several slots never changes desks.
/// [`Row::start`] has the times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Row {
    /// The calendar day at the office.
    pub day: Day,
    /// Start of the first slot, wall time at the office.
    pub from: Minute,
    /// Length of a slot in minutes, 1 or more.
    pub minutes: u16,
    /// Where: a position in [`Announcement::places`].
    pub place: u16,
    /// The group for which it is kept: a position in [`Announcement::quotas`].
    pub quota: Option<u8>,
    /// How many, 1 or more; the last one ends by 24:00.
    pub slots: u16,
}

/// How many consecutive slots a visit takes.
///
/// A visit with `c` companions takes `slots + companion_slots * c` slots, never more than
/// [`MAX_VISIT`]: see [`Announcement::slots`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct VisitLength {
    /// Slots more for each person who comes along; 0 if they cost no time.
    pub companion_slots: u16,
    /// How many may come along.
    pub companions: u8,
    /// For one person, 1 or more.
    pub slots: u16,
}

/// An announcement that contradicts itself.
///
/// Each variant names the member that is wrong as the document spells it. A publisher corrects the
/// announcement; a verifier stops, as nothing after it means anything.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidAnnouncement {
    /// A text that is empty, too long or has control characters: which one, and how many characters
    /// it may have. Control characters would let two announcements look alike on a screen.
    #[error("`{0}` is 1 to {1} characters without control characters")]
    Text(&'static str, usize),
    /// Too many or too few of something: places, quotas, rows (or their slots) or witnesses.
    #[error("`{0}` has too many or too few members")]
    Count(&'static str),
    /// A key that can't be read or is of another kind, or a second witness with the same name.
    #[error("`{0}` is no verifier key of its kind")]
    Key(&'static str),
    /// A window that ends before it starts, or that closes beyond what a number of JSON holds.
    #[error("the entry window ends before it begins")]
    Window,
    /// Not the drand network that this version knows.
    #[error("the beacon is not of the network quicknet")]
    Chain,
    /// A beacon that is known before the list is frozen, or a round that drand will never reach.
    #[error("the beacon's round comes less than {FREEZE_SECONDS} seconds after closing")]
    Early,
    /// A row that is impossible, by its position: unknown place or quota, no slots, slots without
    /// length, or an end after midnight.
    #[error("row {0}: an unknown place or quota, no slots, or it ends after midnight")]
    Row(usize),
    /// A visit that is impossible.
    #[error("a visit has 1 to {MAX_VISIT} slots, with all companions")]
    Visit,
}

impl Announcement {
    /// The hash that every other document of the draw names: SHA-256 of the canonical form. Two
    /// announcements that differ in one byte are two draws.
    #[must_use]
    pub fn digest(&self) -> Bytes<32> {
        tlog::Hash::of(&[&canonical::write(self)]).into()
    }

    /// How many consecutive slots a visit with this many companions takes. Callers check
    /// `companions` first: [`Entry::check`](crate::Entry::check).
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
    /// The order is texts and keys, times, counts, the visit, then the rows one by one. The check
    /// looks at the document alone: that a place exists or that a desk is staffed only the office
    /// can say.
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

    /// Bounds in characters, so that umlauts count once. Two witnesses of one name would let a
    /// verifier count one signature twice.
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

    /// Window and beacon. Both bounds keep every time of the draw within the numbers of JSON
    /// (2^53), since an announcement may be a stranger's.
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

    /// Whether a row names what exists and ends by 24:00. Computed in 32 bits: three `u16` of a
    /// stranger fit.
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
    /// Saturates at 24:00, which never happens after [`Announcement::check`].
    #[must_use]
    pub fn start(&self, slot: u16) -> Minute {
        let minutes = self.from.minutes().saturating_add(self.minutes.saturating_mul(slot));
        Minute::new(minutes).unwrap_or(Minute::MIDNIGHT)
    }
}
