//! The authority's public log: what its entries are about, and what lies beside it.

use std::fmt;

use draw::Bytes;
use ids::DrawId;
use jiff::Timestamp;
use serde::Serialize;

use super::draw::{UnknownName, names};

names! {
    /// What an entry of the log is about.
    LoggedKind {
        /// What was fixed before a draw.
        Announcement = "announcement",
        /// The root of its closed list.
        Freeze = "freeze",
        /// The note about its tickets.
        Tickets = "tickets",
        /// Both of its sources of chance.
        Reveal = "reveal",
        /// The result: which turn got which seat.
        Result = "result",
        /// A later move of a drawn seat.
        Move = "move",
    }
}

/// A document that stands in the log, with what opens its entry. Both can be deleted: the entry then
/// says nothing any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedDocument {
    /// Its entry, from 0.
    pub position: u64,
    /// Of which draw.
    pub draw: DrawId,
    /// What it is.
    pub kind: LoggedKind,
    /// Opens the entry: [`tlog::entry`].
    pub salt: Bytes<16>,
    /// Present for moves alone. The other documents are kept with their draw.
    pub text: Option<String>,
    /// Of a move: from when on it is published. Absent if it is for the auditor alone.
    pub public_from: Option<Timestamp>,
}

/// A document that is about to be logged: as [`LoggedDocument`], whose position is not known yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDocument {
    /// Of which draw.
    pub draw: DrawId,
    /// What it is.
    pub kind: LoggedKind,
    /// Opens the entry: [`tlog::entry`].
    pub salt: Bytes<16>,
    /// Present for moves alone.
    pub text: Option<String>,
    /// Of a move: from when on it is published.
    pub public_from: Option<Timestamp>,
}

/// Size and root that were fixed last, and the checkpoint that was signed last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogHead {
    /// The log's key in its text form; empty before anything was fixed.
    pub key: String,
    /// So many entries are fixed: no other root can be signed for this size.
    pub size: u64,
    /// Their root.
    pub root: tlog::Hash,
    /// The newest checkpoint.
    pub signed: Option<SignedCheckpoint>,
}

/// A checkpoint that the log has signed, without the words of its witnesses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCheckpoint {
    /// Of how many entries.
    pub size: u64,
    /// The note, with the signature of the log alone.
    pub note: String,
    /// When it was signed.
    pub at: Timestamp,
}

impl LogHead {
    /// Whether what is fixed is signed, too.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        self.signed.as_ref().is_some_and(|signed| signed.size == self.size)
    }
}

/// What a witness said last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosignature {
    /// How many entries it has seen.
    pub size: u64,
    /// The signature line under the checkpoint of that size.
    pub line: String,
}
