//! What a witness keeps of a log that contradicts itself: two checkpoints, each signed by the log.
//!
//! Anybody can send what a log has signed and published, with a wrong proof. So what proves a fork and
//! what only may be one are counted apart, both have a bound, and what the log continues after all is
//! taken away.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use tlog::{Hash, Note};

use super::head_of;

/// Most pieces of a kind that are kept of one log.
const MOST: usize = 16;
/// The file with what was cosigned last.
const SEEN: &str = "seen";
/// The file with what contradicts it.
const SHOWN: &str = "shown";

/// What two checkpoints say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// One size and two roots: proven by them alone.
    Fork,
    /// No proof was sent that one continues the other.
    Unproven,
}

impl Kind {
    /// What the folders begin with.
    const fn word(self) -> &'static str {
        match self {
            Self::Fork => "fork",
            Self::Unproven => "unproven",
        }
    }

    /// What the operator does with it.
    const fn advice(self) -> &'static str {
        match self {
            Self::Fork => {
                "a log signed two roots for one size: it is forked. Show both checkpoints to the \
                 authority, its auditor and the other witnesses"
            }
            Self::Unproven => {
                "a checkpoint that a log signed came without the proof that it continues the last one. \
                 Ask the log for the proof: if it has none, it is forked. Anybody can send what a log \
                 has published: once this is cosigned after all, both are taken away"
            }
        }
    }
}

/// What is kept of one log.
pub(super) struct Evidence<'a> {
    /// The state's folder.
    pub folder: &'a Path,
    /// The checkpoint that was cosigned last. The file is named after the log's origin.
    pub seen: &'a Path,
}

impl Evidence<'_> {
    /// Keeps what was cosigned last beside `shown`, which the log has signed, once for each such
    /// checkpoint.
    pub(super) fn keep(&self, kind: Kind, shown: &Note) -> io::Result<()> {
        // Of a log that was never seen, nothing can be contradicted: its proof is wrong.
        if !self.seen.exists() {
            return Ok(());
        }
        let piece = self.start(kind) + &Hash::of(&[shown.text().as_bytes()]).to_string();
        let piece = self.folder.join(piece);
        let kept = self.pieces(kind)?.len();
        if piece.exists() || kept >= MOST {
            return Ok(());
        }
        let new = tempfile::tempdir_in(self.folder)?;
        fs::copy(self.seen, new.path().join(SEEN))?;
        fs::write(new.path().join(SHOWN), shown.to_string())?;
        for file in [SEEN, SHOWN] {
            fs::File::open(new.path().join(file))?.sync_all()?;
        }
        fs::rename(new.keep(), &piece)?;
        fs::File::open(self.folder)?.sync_all()?;
        let last = match kept + 1 == MOST {
            true => ". No more of these are kept of this log until some are moved elsewhere",
            false => "",
        };
        eprintln!(
            "ERROR: {}. Nothing was cosigned; both are kept in {}{last}",
            kind.advice(),
            piece.display()
        );
        Ok(())
    }

    /// Looks again at what was not proven, now that the log has a later checkpoint, `self.seen`: one
    /// that the log continued goes, one of this size with another root proves a fork.
    pub(super) fn look_again(&self) -> io::Result<()> {
        let pieces = self.pieces(Kind::Unproven)?;
        if pieces.is_empty() {
            return Ok(());
        }
        let seen = head_of(&fs::read_to_string(self.seen)?)?;
        for piece in pieces {
            let text = fs::read_to_string(piece.join(SHOWN))?;
            let shown = head_of(&text)?;
            if shown.size != seen.size {
                continue;
            }
            if shown.root != seen.root {
                self.keep(Kind::Fork, &text.parse::<Note>().map_err(io::Error::other)?)?;
            }
            fs::remove_dir_all(piece)?;
        }
        Ok(())
    }

    fn pieces(&self, kind: Kind) -> io::Result<Vec<PathBuf>> {
        let start = self.start(kind);
        let mut pieces = Vec::new();
        for entry in fs::read_dir(self.folder)? {
            let entry = entry?;
            if entry.file_name().to_str().is_some_and(|name| name.starts_with(&start)) {
                pieces.push(entry.path());
            }
        }
        Ok(pieces)
    }

    /// What the names of this log's pieces begin with.
    fn start(&self, kind: Kind) -> String {
        let log = self.seen.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        format!("{}-{log}-", kind.word())
    }
}
