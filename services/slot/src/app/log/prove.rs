//! Writes for each document the proof that it stands in the log.

use draw::{Announcement, Seconds};
use tlog::{Note, ProofFile};

use super::internal;
use crate::{
    app::{AppError, Engine},
    domain::log::{LoggedDocument, LoggedKind},
    store::{
        Transaction,
        draws::{self, DocumentKind},
        log::{
            cosignatures,
            documents::{self, Proven},
        },
    },
};

/// Writes the proofs to which the checkpoint of `size` entries adds something. `note` has the
/// signature of the log alone; the words of the witnesses are taken from the database.
pub(super) async fn prove(
    engine: &Engine,
    db: &Transaction,
    size: u64,
    note: &Note,
) -> Result<(), AppError> {
    let lines = cosignatures::of_size(db, size).await?;
    let witnesses = lines.len();
    let cosigned = note.clone().with_lines(lines.iter().map(String::as_str)).map_err(internal)?;
    for document in documents::to_be_proven(db, size, witnesses).await? {
        let is_late = is_late(engine, db, &document, &cosigned).await?;
        let checkpoint = if is_late { note } else { &cosigned };
        let path = engine.log.tree().inclusion(document.position, size).map_err(internal)?;
        let file = ProofFile { index: document.position, path, checkpoint: checkpoint.clone() };
        let position = document.position;
        let proven = Proven { position, proof: file.to_string(), size, witnesses };
        documents::keep_proof(db, &proven).await?;
    }
    Ok(())
}

/// Whether the first witness saw a document only after its time was over. Its word then shows
/// nothing and is left out: verifiers say "missing", which is true, instead of "wrong".
async fn is_late(
    engine: &Engine,
    db: &Transaction,
    document: &LoggedDocument,
    cosigned: &Note,
) -> Result<bool, AppError> {
    let Some(seen) = engine.log.first_seen(cosigned) else { return Ok(false) };
    let is_late = deadline(db, document).await?.is_some_and(|deadline| seen >= deadline);
    if is_late {
        tracing::error!(
            draw = %document.draw, document = %document.kind,
            "no witness saw a document of a draw in time; its proof does not show when it stood in the log"
        );
    }
    Ok(is_late)
}

/// Until when a witness must have seen a document (`libs/draw/README.md`, section 6, `log`).
async fn deadline(
    db: &Transaction,
    document: &LoggedDocument,
) -> Result<Option<Seconds>, AppError> {
    let of: fn(Announcement) -> Option<Seconds> = match document.kind {
        LoggedKind::Announcement => |draw: Announcement| Some(draw.opens),
        LoggedKind::Freeze => |draw: Announcement| draw.beacon_time(),
        LoggedKind::Tickets | LoggedKind::Reveal | LoggedKind::Result | LoggedKind::Move => {
            return Ok(None);
        }
    };
    let announced = draws::read_document(db, document.draw, DocumentKind::Announcement).await?;
    Ok(announced.and_then(of))
}
