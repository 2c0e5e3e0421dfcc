//! Appends to the log, in the transaction of what is recorded.

use draw::Bytes;
use ids::DrawId;
use jiff::Timestamp;

use crate::{
    app::Engine,
    domain::log::{LoggedKind, NewDocument},
    store::{
        StoreResult, Transaction,
        draws::{self, DocumentKind},
        log::entries,
    },
};

/// Keeps a document of a draw and, if it is one that is logged, appends it to the log.
///
/// # Errors
/// A statement fails.
pub async fn keep(
    engine: &Engine,
    transaction: &Transaction,
    draw: DrawId,
    kind: DocumentKind,
    text: String,
) -> StoreResult<()> {
    if let Some(logged) = logged_as(kind) {
        append(engine, transaction, draw, logged, &text, None).await?;
    }
    draws::keep(transaction, draw, kind, text).await
}

/// Appends a document with a salt of its own. The text of a move is kept here; other documents are
/// kept with their draw.
pub(super) async fn append(
    engine: &Engine,
    transaction: &Transaction,
    draw: DrawId,
    kind: LoggedKind,
    text: &str,
    public_from: Option<Timestamp>,
) -> StoreResult<()> {
    let salt = Bytes(engine.entropy.bytes());
    let entry = tlog::entry(&salt.0, text.as_bytes());
    let text = (kind == LoggedKind::Move).then(|| text.to_owned());
    let document = NewDocument { draw, kind, salt, text, public_from };
    entries::append(transaction, &entry, &document).await
}

/// The kind of entry that a document of a draw becomes; `None` if it is not logged.
const fn logged_as(kind: DocumentKind) -> Option<LoggedKind> {
    match kind {
        DocumentKind::Announcement => Some(LoggedKind::Announcement),
        DocumentKind::Freeze => Some(LoggedKind::Freeze),
        DocumentKind::Tickets => Some(LoggedKind::Tickets),
        DocumentKind::Reveal => Some(LoggedKind::Reveal),
        DocumentKind::Result => Some(LoggedKind::Result),
        DocumentKind::Escrow
        | DocumentKind::Pool
        | DocumentKind::Entries
        | DocumentKind::SealedSeats
        | DocumentKind::ToldToIdentity
        | DocumentKind::Void => None,
    }
}
