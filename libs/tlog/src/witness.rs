//! A witness (C2SP `tlog-witness`): cosigns a log's checkpoints as long as the log only grows.
//!
//! A log can show one history to you and another to me, each consistent in itself. Somebody who
//! remembers one root per log and signs only what continues it makes that impossible without being
//! seen. A witness needs no disk beyond that row.
//!
//! Reader's path: [`Request`] from the wire, [`Witness::judge`], then the caller stores
//! [`Accepted::head`], then [`Witness::sign`]. HTTP and storage are the caller's: `fairtermin
//! witness`.

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::{
    Checkpoint, EMPTY, Hash, NotProven, Note, SigningKey, VerifierKey, check_consistency,
    proof_file::{decimal, hash},
};

/// A consistency path of a log with at most 2^48 entries is shorter.
const MAX_PROOF: usize = 63;

/// The body of `POST add-checkpoint`.
///
/// Its text form: `old <size>`, the proof's hashes one a line in base64, an empty line, the
/// checkpoint as a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The size that the log believes the witness to have seen last.
    pub old: u64,
    /// Proves that the log has only grown since.
    pub proof: Vec<Hash>,
    /// The new checkpoint, signed by the log.
    pub checkpoint: Note,
}

/// The largest state of a log that a witness has cosigned. One row per log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Entries, 0 for a log that was never seen.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
}

impl Default for Head {
    /// Of a log that was never seen.
    fn default() -> Self {
        Self { size: 0, root: EMPTY }
    }
}

/// Why a witness does not sign.
///
/// [`status`](Self::status) maps each to the HTTP status that logs expect, so a log knows whether
/// to ask again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The request can't be read, or the old size is above the new one.
    #[error("the request cannot be read: {0}")]
    Malformed(&'static str),
    /// This log is not watched here.
    #[error("the log {0} is not watched here")]
    UnknownLog(String),
    /// The log has not signed the checkpoint.
    #[error("the checkpoint has no valid signature of its log")]
    NotSigned,
    /// The witness has seen another size last: ask again from there. The answer names it, as C2SP
    /// says.
    #[error("the last size seen is {}", .0.size)]
    OtherSize(Head),
    /// The log shows a history that contradicts the one seen before: it is forked. Also another root of the
    /// size seen last, and a root of no entries that is not the empty tree's.
    #[error("the log does not continue what was seen before: {0}")]
    Forked(NotProven),
}

impl Refusal {
    /// The HTTP status that C2SP gives it.
    ///
    /// Another root of the size seen last is 422, as a proof that fails: so says the text of 6 July 2026
    /// (C2SP change 280). Version 1.0.0 of March 2026 had 409 there. The change gives each 409 one meaning and
    /// one body, the size from which to ask again, and asking again helps no fork.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Malformed(_) => 400,
            Self::NotSigned => 403,
            Self::UnknownLog(_) => 404,
            Self::OtherSize(_) => 409,
            Self::Forked(_) => 422,
        }
    }
}

/// Who cosigns, and whose logs.
#[derive(Debug)]
pub struct Witness {
    /// Signs with a time; of the kind [`crate::KeyKind::Cosignature`].
    pub key: SigningKey,
    /// The logs that are watched. The name of a key is the origin of its log.
    pub logs: Vec<VerifierKey>,
}

/// A checkpoint that may be signed once `head` is stored.
///
/// The type keeps the order: only [`judge`](Witness::judge) makes one, and [`sign`](Witness::sign)
/// consumes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// What to store before anything is answered.
    pub head: Head,
    checkpoint: Note,
}

impl Witness {
    /// The log that a request is about.
    ///
    /// The signature is not checked yet: use it to find the row of [`Head`], then
    /// [`judge`](Self::judge).
    ///
    /// # Errors
    /// It is not watched, or the checkpoint is none.
    pub fn log(&self, request: &Request) -> Result<&VerifierKey, Refusal> {
        let checkpoint = Checkpoint::parse(request.checkpoint.text())
            .map_err(|_| Refusal::Malformed("no checkpoint"))?;
        let own = |log: &&VerifierKey| log.name() == checkpoint.origin();
        let unknown = || Refusal::UnknownLog(checkpoint.origin().to_owned());
        self.logs.iter().find(own).ok_or_else(unknown)
    }

    /// Decides about a request, given what was seen last of this log. The caller reads `seen`,
    /// asks, stores [`Accepted::head`] in the same transaction, and only then signs.
    ///
    /// Store with a compare-and-set, or lock the row: two requests at once must not both continue
    /// the same head. If the process dies between storing and signing, the log is told the new
    /// size, asks from there with an empty proof and gets its signature: a checkpoint continues
    /// itself.
    ///
    /// # Errors
    /// The log is unknown, has not signed, or does not continue what was seen.
    pub fn judge(&self, request: &Request, seen: Head) -> Result<Accepted, Refusal> {
        let log = self.log(request)?;
        let note = &request.checkpoint;
        note.verify(std::slice::from_ref(log)).map_err(|_| Refusal::NotSigned)?;
        let new =
            Checkpoint::parse(note.text()).map_err(|_| Refusal::Malformed("no checkpoint"))?;
        if request.old > new.size {
            return Err(Refusal::Malformed("the old size is above the new one"));
        }
        if request.old != seen.size {
            return Err(Refusal::OtherSize(seen));
        }
        check_consistency((seen.size, &seen.root), (new.size, &new.root), &request.proof)
            .map_err(Refusal::Forked)?;
        let head = Head { size: new.size, root: new.root };
        Ok(Accepted { head, checkpoint: Note::new(note.text()).expect("it was a note's text") })
    }

    /// Whether the log has signed another root for the size that was seen last. Both checkpoints alone
    /// prove the fork, whatever the request says of its old size: keep both, also where
    /// [`judge`](Self::judge) answers [`Refusal::OtherSize`].
    #[must_use]
    pub fn contradicts(&self, request: &Request, seen: Head) -> bool {
        let Ok(log) = self.log(request) else { return false };
        let other = |new: Checkpoint| new.size == seen.size && new.root != seen.root;
        Checkpoint::parse(request.checkpoint.text()).is_ok_and(other)
            && request.checkpoint.verify(std::slice::from_ref(log)).is_ok()
    }

    /// The cosignature line of a checkpoint whose head is stored. `now` in seconds since 1970.
    ///
    /// One line with its line feed: the body of the answer `200`.
    #[must_use]
    pub fn sign(&self, accepted: Accepted, now: u64) -> String {
        let signed = accepted.checkpoint.signed_by(&self.key, now);
        signed.signature_lines().map(|line| line + "\n").collect()
    }
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old)?;
        self.proof.iter().try_for_each(|hash| writeln!(f, "{}", STANDARD.encode(hash.0)))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

impl FromStr for Request {
    type Err = Refusal;

    fn from_str(body: &str) -> Result<Self, Refusal> {
        let (head, note) = body.split_once("\n\n").ok_or(Refusal::Malformed("no empty line"))?;
        let mut lines = head.split('\n');
        let old = lines.next().and_then(|line| line.strip_prefix("old ")).and_then(decimal);
        let old = old.ok_or(Refusal::Malformed("the first line is not `old <size>`"))?;
        let proof: Option<Vec<_>> = lines.map(hash).collect();
        let proof = proof.filter(|proof| proof.len() <= MAX_PROOF);
        let proof = proof.ok_or(Refusal::Malformed("the proof is at most 63 hashes"))?;
        let checkpoint = note.parse().map_err(|_| Refusal::Malformed("no signed note"))?;
        Ok(Self { old, proof, checkpoint })
    }
}
