//! Inclusion proofs as files (C2SP `tlog-proof`).
//!
//! What a citizen can keep and check for ever without the log: index, path and the signed
//! checkpoint in one text. The document and its salt are kept beside it; [`crate::entry`] makes the
//! entry from them.

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::{
    Checkpoint, Hash, InvalidCheckpoint, InvalidNote, KeyKind, NotProven, NotSigned, Note, Signed,
    VerifierKey, check_inclusion,
};

/// The first line of a proof file; another version of the format has another one (C2SP
/// `tlog-proof`).
const HEADER: &str = "c2sp.org/tlog-proof@v1";
/// A path of a tree with at most 2^48 leaves is shorter.
const MAX_PATH: usize = 63;

/// Proof that an entry stands in a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofFile {
    /// Which entry, from 0.
    pub index: u64,
    /// The sibling of the leaf first.
    pub path: Vec<Hash>,
    /// The cosigned checkpoint of the log. Its root is believed only after its signatures.
    pub checkpoint: Note,
}

/// A text that is no proof file.
///
/// The form is wrong; nothing was proven or disproven.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidProofFile {
    /// Another file or version.
    #[error("the first line is not `{HEADER}`")]
    Header,
    /// No `index` line.
    #[error("the index is written `index <decimal>`")]
    Index,
    /// A line of the path is no hash, or there are too many.
    #[error("the path is at most {MAX_PATH} lines of 32 bytes in base64, then an empty line")]
    Path,
    /// The checkpoint is no note.
    #[error("the checkpoint: {0}")]
    Note(#[from] InvalidNote),
}

/// A proof that does not prove.
///
/// The form is right and the proof does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotIncluded {
    /// The note has no checkpoint in it.
    #[error("the checkpoint: {0}")]
    Checkpoint(#[from] InvalidCheckpoint),
    /// The checkpoint is of another log.
    #[error("the checkpoint is of the log {0}")]
    OtherLog(String),
    /// The log or a witness has not signed it.
    #[error("the checkpoint: {0}")]
    Signature(#[from] NotSigned),
    /// The path leads elsewhere.
    #[error("the entry is not in the log: {0}")]
    Path(#[from] NotProven),
}

impl ProofFile {
    /// Checks that `entry` stands in the log of `log`, and gives those of `keys` that cosigned the
    /// checkpoint, with the times at which they saw it. `keys` are the witnesses that the caller
    /// trusts; the log's own signature is required and not among the answers.
    ///
    /// An empty answer proves that the log said so, but not when: the caller decides how many
    /// witnesses it wants.
    ///
    /// # Errors
    /// The note has no checkpoint, is of another log or not signed by it, a known signature is
    /// wrong, or the path leads elsewhere.
    pub fn verify<'a>(
        &self,
        entry: &[u8],
        log: &VerifierKey,
        keys: &'a [VerifierKey],
    ) -> Result<Vec<Signed<'a>>, NotIncluded> {
        let checkpoint = Checkpoint::parse(self.checkpoint.text())?;
        if checkpoint.origin() != log.name() {
            return Err(NotIncluded::OtherLog(checkpoint.origin().to_owned()));
        }
        self.checkpoint.verify(std::slice::from_ref(log))?;
        let leaf = Hash::leaf(entry);
        check_inclusion(leaf, self.index, checkpoint.size, &self.path, &checkpoint.root)?;
        match self.checkpoint.verify(keys) {
            Err(NotSigned::Unknown) => Ok(Vec::new()),
            signed => {
                let mut signed = signed?;
                signed.retain(|signed| signed.key.kind() == KeyKind::Cosignature);
                Ok(signed)
            }
        }
    }
}

impl fmt::Display for ProofFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}\nindex {}", self.index)?;
        self.path.iter().try_for_each(|hash| writeln!(f, "{}", STANDARD.encode(hash.0)))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

impl FromStr for ProofFile {
    type Err = InvalidProofFile;

    fn from_str(text: &str) -> Result<Self, InvalidProofFile> {
        let rest = text.strip_prefix(HEADER).and_then(|rest| rest.strip_prefix('\n'));
        let rest = rest.ok_or(InvalidProofFile::Header)?;
        let (head, note) = rest.split_once("\n\n").ok_or(InvalidProofFile::Path)?;
        // A line `extra` carries data of the application; there is none here.
        let mut lines = head.split('\n').skip_while(|line| line.starts_with("extra "));
        let index = lines.next().and_then(|line| line.strip_prefix("index "));
        let index = index.and_then(decimal).ok_or(InvalidProofFile::Index)?;
        let path: Option<Vec<_>> = lines.map(hash).collect();
        let path = path.filter(|path| path.len() <= MAX_PATH).ok_or(InvalidProofFile::Path)?;
        Ok(Self { index, path, checkpoint: note.parse()? })
    }
}

/// A decimal number without sign or leading zeros.
///
/// One form per number, at most 2^64-1; callers bound it further.
pub(crate) fn decimal(text: &str) -> Option<u64> {
    text.parse::<u64>().ok().filter(|number| number.to_string() == text)
}

/// A hash in base64 with padding; `None` if it is not 32 bytes in its one form.
pub(crate) fn hash(line: &str) -> Option<Hash> {
    Some(Hash(STANDARD.decode(line).ok()?.try_into().ok()?))
}
