//! A witness is shown the newest checkpoint, and what it says is kept.

use auth::HttpError;
use cluster::Term;
use tlog::{Note, Request};
use url::Url;

use super::{internal, prove::prove};
use crate::{
    app::{AppError, Engine},
    domain::log::Cosignature,
    log_settings::WitnessSettings,
    store::{
        leader_leases,
        log::{cosignatures, head},
    },
};

/// Why a witness has not cosigned. The next call asks again.
#[derive(Debug, thiserror::Error)]
pub enum NotCosigned {
    /// It cannot be reached.
    #[error(transparent)]
    NoAnswer(#[from] HttpError),
    /// It answers with a status that says nothing more.
    #[error("it answers {0}")]
    Status(u16),
    /// It does not watch this log.
    #[error("it does not watch this log; its operator adds the key of the log")]
    NotWatched,
    /// It knows another key by the log's name, or its answer is signed by another key than the
    /// settings have.
    #[error("its key or the log's is another one than the other side knows")]
    OtherKey,
    /// It has seen more of this log than there is.
    #[error(
        "it has seen {seen} entries of a log that has {size}: this database is older than what was \
         published; restore a newer one before more is signed"
    )]
    Older {
        /// Entries that it has seen.
        seen: u64,
        /// Entries that there are.
        size: u64,
    },
    /// What it saw before was something else.
    #[error("it refuses: the log does not continue what it saw before; this log is forked")]
    Forked,
    /// A mistake or failure on our side.
    #[error(transparent)]
    Ours(#[from] AppError),
}

impl NotCosigned {
    /// Whether an operator must act, since it does not end by itself.
    #[must_use]
    pub const fn needs_somebody(&self) -> bool {
        match self {
            Self::NotWatched | Self::OtherKey | Self::Older { .. } | Self::Forked => true,
            Self::NoAnswer(_) | Self::Status(_) | Self::Ours(_) => false,
        }
    }
}

/// Shows `witness` the newest checkpoint, unless it has cosigned that, as this process leads in
/// `term`.
///
/// # Errors
/// It did not cosign.
pub async fn ask_witness(
    engine: &Engine,
    term: Term,
    witness: &WitnessSettings,
) -> Result<(), NotCosigned> {
    let Some(asking) = Asking::begin(engine, term, witness).await? else { return Ok(()) };
    let line = asking.cosignature().await?;
    Ok(asking.keep(line).await?)
}

struct Asking<'a> {
    engine: &'a Engine,
    term: Term,
    witness: &'a WitnessSettings,
    /// The checkpoint, with the signature of the log alone.
    note: Note,
    /// Entries of the checkpoint.
    size: u64,
    /// Entries that the witness has seen, as far as it is known here.
    seen: u64,
}

/// What a witness says.
enum Answer {
    Cosigned(String),
    /// It has seen this number of entries, and not the one that we knew.
    Seen(u64),
}

impl<'a> Asking<'a> {
    /// `None` if there is nothing to ask.
    async fn begin(
        engine: &'a Engine,
        term: Term,
        witness: &'a WitnessSettings,
    ) -> Result<Option<Self>, AppError> {
        let db = engine.database.connection();
        let Some(signed) = head::read(db).await?.signed.filter(|signed| signed.size > 0) else {
            return Ok(None);
        };
        let last = cosignatures::of_witness(db, &witness.key.to_string()).await?;
        let seen = last.map_or(0, |last| last.size);
        if seen >= signed.size {
            return Ok(None);
        }
        let note: Note = signed.note.parse().map_err(internal)?;
        engine.log.grow(&engine.database, signed.size).await?;
        Ok(Some(Self { engine, term, witness, note, size: signed.size, seen }))
    }

    async fn cosignature(&self) -> Result<String, NotCosigned> {
        let seen = match self.ask(self.seen).await? {
            Answer::Cosigned(line) => return Ok(line),
            Answer::Seen(seen) => seen,
        };
        if seen > self.size {
            return Err(NotCosigned::Older { seen, size: self.size });
        }
        // Its last answer was lost on the way.
        match self.ask(seen).await? {
            Answer::Cosigned(line) => Ok(line),
            Answer::Seen(_) => Err(NotCosigned::Status(409)),
        }
    }

    /// Asks from the size that the witness has seen.
    async fn ask(&self, seen: u64) -> Result<Answer, NotCosigned> {
        let log = &self.engine.log;
        let proof = log.tree().consistency(seen, self.size).map_err(internal)?;
        let request = Request { old: seen, proof, checkpoint: self.note.clone() };
        let answer = log.send(add_checkpoint(&self.witness.url), request.to_string()).await?;
        let body = String::from_utf8_lossy(&answer.body);
        match answer.status.as_u16() {
            200 => {
                let own = body.lines().find(|line| self.is_its_own(line));
                own.map(|line| Answer::Cosigned(line.to_owned())).ok_or(NotCosigned::OtherKey)
            }
            409 => other_size(&body, seen, self.size),
            404 => Err(NotCosigned::NotWatched),
            403 => Err(NotCosigned::OtherKey),
            422 => Err(NotCosigned::Forked),
            status => Err(NotCosigned::Status(status)),
        }
    }

    /// Whether a line is the witness's signature under the checkpoint.
    fn is_its_own(&self, line: &str) -> bool {
        let alone = Note::new(self.note.text()).and_then(|note| note.with_lines([line]));
        alone.is_ok_and(|note| note.verify(std::slice::from_ref(&self.witness.key)).is_ok())
    }

    async fn keep(&self, line: String) -> Result<(), AppError> {
        let unit = self.engine.begin().await?;
        let db = unit.transaction();
        if !leader_leases::may_act(db, self.term).await? {
            return Ok(());
        }
        let said = Cosignature { size: self.size, line };
        cosignatures::keep(db, &self.witness.key.to_string(), &said).await?;
        prove(self.engine, db, self.size, &self.note).await?;
        Ok(unit.commit().await?)
    }
}

/// What 409 means to a request from `seen` entries for a checkpoint of `size`.
fn other_size(body: &str, seen: u64, size: u64) -> Result<Answer, NotCosigned> {
    match body.trim_end().parse::<u64>() {
        Ok(stated) if stated != seen => Ok(Answer::Seen(stated)),
        // The witness has just named this size, so it has seen another root of it: version 1.0.0 of C2SP's
        // text says 409 there and leaves the body open, later ones say 422.
        _ if seen == size => Err(NotCosigned::Forked),
        _ => Err(NotCosigned::Status(409)),
    }
}

/// Where a witness takes checkpoints (C2SP `tlog-witness`).
fn add_checkpoint(prefix: &Url) -> Url {
    let mut url = prefix.clone();
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().push("add-checkpoint");
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_witness_may_have_a_path() {
        for (prefix, url) in [
            ("https://w.example", "https://w.example/add-checkpoint"),
            ("https://w.example/", "https://w.example/add-checkpoint"),
            ("https://w.example/a/b", "https://w.example/a/b/add-checkpoint"),
            ("https://w.example/a/b/", "https://w.example/a/b/add-checkpoint"),
        ] {
            assert_eq!(add_checkpoint(&prefix.parse().unwrap()).as_str(), url);
        }
    }

    #[test]
    fn a_witness_that_names_another_size_is_asked_again_and_one_that_names_none_refuses_a_fork() {
        assert!(matches!(other_size("7\n", 0, 9), Ok(Answer::Seen(7))));
        assert!(matches!(other_size("12\n", 9, 9), Ok(Answer::Seen(12))));
        for body in ["", "9\n", "conflict"] {
            assert!(matches!(other_size(body, 9, 9), Err(NotCosigned::Forked)), "{body}");
        }
        for body in ["", "5\n"] {
            assert!(matches!(other_size(body, 5, 9), Err(NotCosigned::Status(409))), "{body}");
        }
    }
}
