//! The documents of a draw after its announcement, in the order in which they appear.
//!
//! Announcement, entries, [`Freeze`], [`Tickets`], [`Reveal`], [`DrawResult`], and [`Proof`] around
//! all of them. Each after the announcement names its digest, so none can be shown for another
//! draw.
//!
//! Members stand in the order of their names (see [`canonical`]), not in that of a reader's
//! questions; the README's section 2 has them in prose.

use std::fmt;

use serde::{Deserialize, Serialize};
use tlog::{Note, SigningKey};

use crate::{
    Announcement, Bytes, Channel, DrawResult, Entry, Seconds, Secret, Serial, Turn, Wishes,
    announcement::Version,
    canonical, entry,
    seed::{Revealed, Seed},
};

/// How many by each way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channels {
    /// [`Channel::Desk`].
    pub desk: u64,
    /// [`Channel::Online`].
    pub online: u64,
}

/// The list is closed.
///
/// Published and logged before the beacon is known. From then on no entry can be added, changed or
/// dropped without another root.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Freeze {
    /// Digest of the announcement.
    pub announcement: Bytes<32>,
    /// When, in seconds since 1970: not before the announced closing and before the beacon.
    pub at: Seconds,
    /// How many entered by each way.
    pub channels: Channels,
    /// How many entered.
    pub entries: u64,
    /// The root over them: [`entry::root`].
    pub root: Bytes<32>,
    /// This scheme.
    pub version: Version,
}

/// What identity gives a person for one draw, as a note that it signed: with it they enter.
///
/// Not published: the entry carries what others need of it. Given once per person and draw;
/// identity keeps the count and forgets at the freeze who got which.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ticket {
    /// Digest of the announcement.
    pub announcement: Bytes<32>,
    /// By which way it was asked for.
    pub channel: Channel,
    /// Its number.
    pub serial: Serial,
    /// [`crate::seed::stamp`]. Before the freeze identity alone can check it; until then the note's
    /// signature says that the ticket is genuine.
    pub stamp: Bytes<16>,
    /// This scheme.
    pub version: Version,
}

/// What identity says once it has seen the frozen list. Published as a note that it signed.
///
/// After the freeze the key is of no use to identity, so it can be shown: everybody then checks
/// each stamp of the list. A signed count alone would not do, as unused tickets could carry
/// invented entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tickets {
    /// Digest of the announcement.
    pub announcement: Bytes<32>,
    /// The tickets that it gave, by the way they were asked for. At least as many as entries; the
    /// rest did not enter.
    pub given: Channels,
    /// The key of the stamps, which opens [`Identity::stamp`](crate::Identity::stamp).
    pub key: Seed,
    /// The root of the list that it saw: a key given for one list does not vouch for another.
    pub root: Bytes<32>,
    /// This scheme.
    pub version: Version,
}

/// The secrets. They are published once the list cannot be changed any more.
///
/// With it everybody recomputes the order: [`crate::OrderKey`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reveal {
    /// Digest of the announcement.
    pub announcement: Bytes<32>,
    /// The second source of chance.
    pub beacon: Revealed,
    /// The authority's seed.
    pub seed: Seed,
    /// This scheme.
    pub version: Version,
}

/// What an entrant gets at once, as a note that the authority signed: a promise that this entry
/// will stand in the list, unless a later revision replaces it or it [ended](Ended) before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// Digest of the announcement.
    pub announcement: Bytes<32>,
    /// What will stand in the list, byte by byte.
    pub entry: Entry,
    /// When it was received. Without effect on the draw.
    pub received: Seconds,
    /// This scheme.
    pub version: Version,
    /// What the list keeps sealed; with these the entrant checks that they got the best that was
    /// left.
    pub wishes: Wishes,
}

/// Why an entry is not in the list although there is a receipt for it, as a note under the key of
/// the receipts.
///
/// The promise of a receipt ends with it and in no other way before the freeze. A person whose
/// ticket is missing asks the authority for it, and so does an auditor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ended {
    /// Digest of the announcement.
    pub announcement: Bytes<32>,
    /// When, in seconds since 1970: not after the freeze.
    pub at: Seconds,
    /// The last revision of the entry. A new entry with the same ticket begins at the next one, so
    /// that older receipts are known as older.
    pub revision: u32,
    /// The ticket of the entry.
    pub serial: Serial,
    /// This scheme.
    pub version: Version,
    /// What happened.
    ///
    /// For the person and the auditor; a stranger sees it only if one of them shows it.
    pub why: EndReason,
}

/// Why an entry ended before the list was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum EndReason {
    /// The person withdrew.
    Withdrawn,
    /// The person had another appointment in the group when the list was closed.
    Booked,
    /// Two persons turned out to be one human, and that human has another entry.
    Merged,
}

impl fmt::Display for EndReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Withdrawn => "the person withdrew",
            Self::Booked => "the person had another appointment in the group",
            Self::Merged => "the person has another entry, made with another log-in",
        })
    }
}

/// A later move of a drawn seat. It stands in the log at once. The document is published once the
/// appointment is over, so that a trader does not learn which seat is on its way. Where a draw
/// publishes half days only, it is for the auditor alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// Digest of the announcement.
    pub announcement: Bytes<32>,
    /// When, in seconds since 1970.
    pub at: Seconds,
    /// Whose it was; null if it was free.
    pub from: Option<Turn>,
    /// A position in the announcement's rows.
    pub row: u32,
    /// The first slot.
    pub slot: u16,
    /// How many, the length of the visit that moved.
    pub slots: u16,
    /// Whose it is now; null if it is free.
    pub to: Option<Turn>,
    /// This scheme.
    pub version: Version,
    /// What happened.
    pub why: Why,
}

/// Why a drawn seat moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Why {
    /// The holder gave it back.
    Cancelled,
    /// The winner did not want it.
    Declined,
    /// The winner, or the one it was offered to, did not answer in time.
    Lapsed,
    /// The winner who had to confirm accepted it, or a person on the waiting list.
    Accepted,
}

/// Everything about a draw that is public.
///
/// One file that a verifier needs, beside the keys that it trusts already. It holds no name and no
/// wish. See [`crate::check::stranger()`] for what it proves.
///
/// A large draw has some 25 MB of JSON. Its documents are written canonically
/// ([`crate::canonical`]), since hashes are over their bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// What was fixed beforehand.
    pub announcement: Announcement,
    /// The list, in ascending order of serials.
    pub entries: Vec<Entry>,
    /// The closed list's root.
    pub freeze: Freeze,
    /// Where each document stands in the log.
    pub log: Logged,
    /// Which entry got which seat.
    pub result: DrawResult,
    /// The secrets.
    pub reveal: Reveal,
    /// The note of identity around [`Tickets`], as text: signatures are over its bytes.
    pub tickets: String,
    /// This scheme.
    pub version: Version,
}

/// Where each document of a draw stands in the log; null where that is not shown.
///
/// Each missing one makes the check `log` say what is not shown; a wrong one makes it fail.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names are those of the documents")]
pub struct Logged {
    pub announcement: Option<LogProof>,
    pub freeze: Option<LogProof>,
    pub result: Option<LogProof>,
    pub reveal: Option<LogProof>,
    pub tickets: Option<LogProof>,
}

/// That a document stands in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogProof {
    /// A proof file of C2SP `tlog-proof`: [`tlog::ProofFile`].
    pub proof: String,
    /// Opens the entry of the log: [`tlog::entry`].
    pub salt: Bytes<16>,
}

/// The wishes of all entries, for the auditor alone.
///
/// The auditor settles the whole draw again from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AllWishes {
    /// Digest of the announcement.
    pub announcement: Bytes<32>,
    /// The exact seats, where the result names half days only.
    pub seats: Option<crate::SealedSeats>,
    /// This scheme.
    pub version: Version,
    /// One per entry, in the order of the list; null for an entry whose person had their wishes
    /// deleted.
    pub wishes: Vec<Option<Wishes>>,
}

impl Freeze {
    /// Closes the list.
    ///
    /// `entries` are sorted by serial and each passed [`Entry::check`]; `at` is the caller's clock.
    #[must_use]
    pub fn new(draw: &Announcement, entries: &[Entry], at: Seconds) -> Self {
        Self {
            announcement: draw.digest(),
            at,
            channels: Channels::of(entries),
            entries: entries.len() as u64,
            root: entry::root(entries),
            version: Version::V1,
        }
    }
}

impl Channels {
    /// How many of `entries` came by each way.
    #[must_use]
    pub fn of(entries: &[Entry]) -> Self {
        let online = entries.iter().filter(|entry| entry.channel == Channel::Online).count();
        Self { desk: (entries.len() - online) as u64, online: online as u64 }
    }
}

impl Reveal {
    /// Whether the seed is the announced one.
    #[must_use]
    pub fn opens(&self, draw: &Announcement) -> bool {
        Secret::Seed.commitment(&draw.draw, &self.seed) == draw.commitment
    }
}

/// A document as a note with one line of canonical JSON, signed by `key`.
///
/// # Panics
/// Never for [`Receipt`], [`Ended`] and [`Tickets`]: their JSON has no control characters.
pub fn signed<T: Serialize>(document: &T, key: &SigningKey) -> Note {
    let mut text = String::from_utf8(canonical::write(document)).expect("JSON is UTF-8");
    text.push('\n');
    Note::new(text).expect("JSON escapes control characters").signed_by(key, 0)
}
