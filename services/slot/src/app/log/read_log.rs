//! What everybody may read of the log, and what operators see of it.

use draw::Logged;
use ids::DrawId;
use tlog::{ProofFile, Tile, TileKind, VerifierKey, bundle};

use super::internal;
use crate::{
    app::{AppError, Engine},
    domain::{
        draw::DrawStatus,
        log::{LoggedDocument, LoggedKind},
    },
    store::{
        draws::{self, DocumentKind},
        log::{cosignatures, documents, entries, head, tiles},
    },
};

/// The newest checkpoint with what the witnesses say of it; `None` before the first one.
///
/// # Errors
/// The database does not answer.
pub async fn checkpoint(engine: &Engine) -> Result<Option<String>, AppError> {
    let db = engine.database.connection();
    let Some(signed) = head::read(db).await?.signed else { return Ok(None) };
    let lines = cosignatures::of_size(db, signed.size).await?;
    Ok(Some(lines.into_iter().fold(signed.note, |note, line| note + &line + "\n")))
}

/// The bytes of a file of the log; `None` if the log does not have it yet.
///
/// # Errors
/// The database does not answer.
pub async fn tile(engine: &Engine, tile: &Tile) -> Result<Option<Vec<u8>>, AppError> {
    let db = engine.database.connection();
    if !tile.is_in(head::read(db).await?.size) {
        return Ok(None);
    }
    match tile.kind {
        TileKind::Hashes(_) => Ok(tiles::find(db, tile).await?),
        TileKind::Entries => {
            let entries = entries::range(db, tile.positions()).await?;
            bundle(entries.iter().map(|entry| &entry.0[..])).map(Some).map_err(internal)
        }
    }
}

/// A document with what opens its entry.
#[derive(Debug)]
pub struct OpenedEntry {
    /// Which document it is.
    pub document: LoggedDocument,
    /// As it was logged.
    pub text: String,
}

/// The document of an entry, if it is published; `None` also after it was deleted.
///
/// # Errors
/// The database does not answer.
pub async fn document(engine: &Engine, position: u64) -> Result<Option<OpenedEntry>, AppError> {
    let db = engine.database.connection();
    let Some(document) = documents::find(db, position).await? else { return Ok(None) };
    let text = match published_as(&document, engine) {
        Published::Here => document.text.clone(),
        Published::No => None,
        Published::WithDraw(kind, from) => {
            let draw = draws::find(db, document.draw).await?;
            match draw.filter(|draw| from.is_none_or(|status| draw.status == status)) {
                Some(draw) => draws::document(db, draw.id, kind).await?,
                None => None,
            }
        }
    };
    Ok(text.map(|text| OpenedEntry { document, text }))
}

/// Where the text of a published document is.
enum Published {
    /// Beside the log.
    Here,
    /// With the other documents of its draw, once that stands so.
    WithDraw(DocumentKind, Option<DrawStatus>),
    /// It is not, or not yet.
    No,
}

fn published_as(document: &LoggedDocument, engine: &Engine) -> Published {
    let settled = Some(DrawStatus::Settled);
    match document.kind {
        LoggedKind::Announcement => Published::WithDraw(DocumentKind::Announcement, None),
        LoggedKind::Freeze => Published::WithDraw(DocumentKind::Freeze, None),
        LoggedKind::Reveal => Published::WithDraw(DocumentKind::Reveal, None),
        LoggedKind::Tickets => Published::WithDraw(DocumentKind::Tickets, settled),
        LoggedKind::Result => Published::WithDraw(DocumentKind::Result, settled),
        LoggedKind::Move => match document.public_from {
            Some(from) if from <= engine.now() => Published::Here,
            Some(_) | None => Published::No,
        },
    }
}

/// Where the documents of a draw stand in the log that it announced by this key, as far as that is
/// signed. A log that began later shows nothing of it.
///
/// # Errors
/// The database does not answer, or the key is none.
pub async fn proofs(engine: &Engine, draw: DrawId, log: &str) -> Result<Logged, AppError> {
    let log: VerifierKey = log.parse().map_err(internal)?;
    let mut logged = Logged::default();
    for (kind, proof) in documents::proofs(engine.database.connection(), draw).await? {
        let file: ProofFile = proof.proof.parse().map_err(internal)?;
        if file.checkpoint.verify(std::slice::from_ref(&log)).is_err() {
            continue;
        }
        let member = match kind {
            LoggedKind::Announcement => &mut logged.announcement,
            LoggedKind::Freeze => &mut logged.freeze,
            LoggedKind::Tickets => &mut logged.tickets,
            LoggedKind::Reveal => &mut logged.reveal,
            LoggedKind::Result => &mut logged.result,
            LoggedKind::Move => continue,
        };
        *member = Some(proof);
    }
    Ok(logged)
}

/// What operators see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LogState {
    /// Entries that no signed checkpoint has.
    pub unsigned: u64,
    /// How long ago the newest checkpoint was signed, in seconds.
    pub checkpoint_age: i64,
    /// Witnesses that have not cosigned it.
    pub witnesses_behind: usize,
}

/// How the log stands.
///
/// # Errors
/// The database does not answer.
pub async fn state(engine: &Engine) -> Result<LogState, AppError> {
    let db = engine.database.connection();
    let (head, size) = (head::read(db).await?, entries::size(db).await?);
    let Some(signed) = head.signed else {
        return Ok(LogState { unsigned: size, ..LogState::default() });
    };
    let mut witnesses_behind = 0;
    for witness in engine.log.witnesses() {
        let last = cosignatures::of_witness(db, &witness.key.to_string()).await?;
        let is_behind = last.map_or(0, |last| last.size) < signed.size;
        witnesses_behind += usize::from(is_behind);
    }
    Ok(LogState {
        unsigned: size.saturating_sub(signed.size),
        checkpoint_age: engine.now().duration_since(signed.at).as_secs().max(0),
        witnesses_behind,
    })
}
