//! An entry as its person sees it.

use draw::Wishes;
use jiff::Timestamp;

use super::{
    announced::Announced,
    declining::left_out_after,
    read_end::signed_end,
    receipts::given,
    winners_seat::{KeptSeat, kept_for},
    wishes,
};
use crate::{
    app::{AppError, Engine, WantedSeats},
    domain::draw::DrawEntry,
    store::draw_ends,
};

/// An entry as its person sees it.
#[derive(Debug, Clone)]
pub struct OwnEntry {
    /// The entry.
    pub entry: DrawEntry,
    /// What they wish, the best first.
    pub wishes: Vec<WantedSeats>,
    /// The signed promise that it will stand in the list, or why it does not.
    pub note: EntryNote,
    /// The seat that is kept for them until they answer.
    pub seat: Option<KeptSeat>,
    /// After a seat that they did not take: until when they can enter no draw of the service; `None`: they can. UTC.
    pub left_out_until: Option<Timestamp>,
}

/// What the authority signs about an entry: a note (C2SP `signed-note`).
#[derive(Debug, Clone)]
pub enum EntryNote {
    /// Around a [`draw::Receipt`].
    Receipt(String),
    /// Around a [`draw::Ended`]: it ended before the list was closed, and is promised no more.
    Ended(String),
}

/// An entry with what its person wished, and what the authority signs about it.
pub(super) async fn own_entry(
    engine: &Engine,
    announced: &Announced,
    entry: DrawEntry,
) -> Result<OwnEntry, AppError> {
    let db = engine.database.connection();
    match draw_ends::find(db, entry.draw, &entry.public.serial).await? {
        Some(end) => {
            let sealed: Wishes = engine.draws.keys.open(&entry.wishes, entry.id)?;
            let wishes = wishes::stated(&sealed, &announced.pool);
            let note = EntryNote::Ended(signed_end(engine, &announced.announcement, &end));
            Ok(OwnEntry { entry, wishes, note, seat: None, left_out_until: None })
        }
        None => {
            let seat = kept_for(engine, &entry).await?;
            let left_out_until = left_out_after(engine, announced, &entry).await?;
            let status = entry.status_at(engine.now());
            let entry = DrawEntry { status, ..entry };
            Ok(OwnEntry { seat, left_out_until, ..promised(engine, announced, entry)? })
        }
    }
}

/// An entry that has not ended, with the promise that it will stand in the list.
pub(super) fn promised(
    engine: &Engine,
    announced: &Announced,
    entry: DrawEntry,
) -> Result<OwnEntry, AppError> {
    let sealed: Wishes = engine.draws.keys.open(&entry.wishes, entry.id)?;
    let wishes = wishes::stated(&sealed, &announced.pool);
    let note = EntryNote::Receipt(given(engine, announced.digest, &entry)?);
    Ok(OwnEntry { entry, wishes, note, seat: None, left_out_until: None })
}
