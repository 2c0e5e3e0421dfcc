//! Checkpoints (C2SP `tlog-checkpoint`): what a log says of itself at one moment.
//!
//! Three lines: origin, size, root in base64. A log signs one when it has grown; witnesses add
//! their cosignatures. A log that ever signs two roots for one size shows two histories, and both
//! signatures are the evidence.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::{Hash, MAX_SIZE, Note, key::is_name};

/// How many entries a log has, and the root over them.
///
/// The origin is the name of the log's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    origin: String,
    /// Entries, at most [`MAX_SIZE`].
    pub size: u64,
    /// The root of their tree.
    pub root: Hash,
}

/// A text that is no checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCheckpoint {
    /// Not three lines, each ended by a line feed. Extension lines count as too many.
    #[error("a checkpoint has three lines: origin, size, root")]
    Lines,
    /// An origin that can't name a log.
    #[error("the origin has 1 to 200 characters, no spaces and no plus sign")]
    Origin,
    /// A size that is no plain number, or above [`MAX_SIZE`].
    #[error("the size is a decimal number of at most 2^48 without leading zeros")]
    Size,
    /// A root that is no hash.
    #[error("the root is 32 bytes in base64")]
    Root,
}

impl Checkpoint {
    /// What a log is about to sign, or a test expects.
    ///
    /// # Errors
    /// The origin names no log, or the size is above [`MAX_SIZE`].
    pub fn new(origin: &str, size: u64, root: Hash) -> Result<Self, InvalidCheckpoint> {
        match origin {
            _ if size > MAX_SIZE => Err(InvalidCheckpoint::Size),
            origin if is_name(origin) => Ok(Self { origin: origin.to_owned(), size, root }),
            _ => Err(InvalidCheckpoint::Origin),
        }
    }

    /// Reads the text of a note. Extension lines are refused, as C2SP advises.
    ///
    /// Reading does not verify: ask [`Note::verify`] for the log's signature first or next, and
    /// compare [`origin`](Self::origin) with the key's name.
    ///
    /// # Errors
    /// It is no checkpoint.
    pub fn parse(text: &str) -> Result<Self, InvalidCheckpoint> {
        let lines: Vec<_> = text.strip_suffix('\n').unwrap_or_default().split('\n').collect();
        let [origin, size, root] = lines[..] else { return Err(InvalidCheckpoint::Lines) };
        let number = size.parse::<u64>().map_err(|_| InvalidCheckpoint::Size)?;
        if number.to_string() != size {
            return Err(InvalidCheckpoint::Size);
        }
        let root = STANDARD.decode(root).map_err(|_| InvalidCheckpoint::Root)?;
        let root = root.try_into().map_err(|_| InvalidCheckpoint::Root)?;
        Self::new(origin, number, Hash(root))
    }

    /// Which log it is.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The note to be signed.
    ///
    /// Unsigned. Sign it only after size and root are stored, so that no second root can follow for
    /// this size.
    #[must_use]
    pub fn note(&self) -> Note {
        let root = STANDARD.encode(self.root.0);
        Note::new(format!("{}\n{}\n{root}\n", self.origin, self.size))
            .expect("an origin has no control characters")
    }
}
