//! A draw for which identity gives tickets.

use draw::{Bytes, Channels};
use ids::{AuthorityId, DrawId};
use jiff::Timestamp;
use vocabulary::TrustLevel;

/// Which draw. Ids are unique at their authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DrawKey {
    pub(crate) authority: AuthorityId,
    pub(crate) draw: DrawId,
}

impl std::fmt::Display for DrawKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.authority, self.draw)
    }
}

/// What identity learns of an announcement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Announced {
    /// Its digest.
    pub(crate) digest: Bytes<32>,
    pub(crate) opens: Timestamp,
    pub(crate) closes: Timestamp,
    /// The lowest level that can enter.
    pub(crate) level: TrustLevel,
}

/// How far a draw is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Its key is made, so that the announcement can name it.
    Prepared,
    /// Tickets are given while its window is open.
    Announced(Announced),
    /// No more tickets are given. Their holders are forgotten, their number is kept.
    Counted(Announced, Channels),
    /// The list with this root was countersigned, and no other one will be.
    Countersigned(Announced, Channels, Bytes<32>),
}

/// A draw.
#[derive(Debug, Clone)]
pub(crate) struct TicketDraw {
    pub(crate) key: DrawKey,
    pub(crate) sealed_stamp_key: Vec<u8>,
    pub(crate) stage: Stage,
}
