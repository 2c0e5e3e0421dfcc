//! The signed promise that an entry will stand in the list.
//!
//! It is signed once for each revision, before the list is closed, and kept with the entry. Who asks
//! later gets that one: after the freeze nothing is promised anew.

use draw::{Bytes, Receipt, Version, Wishes, signed};
use serde::{Deserialize, Serialize};

use super::open_draw::seconds;
use crate::{
    app::{AppError, Engine},
    domain::draw::DrawEntry,
};

/// A receipt and what it is of: a process of the version before may have changed the entry since.
#[derive(Serialize, Deserialize)]
struct Kept {
    revision: u32,
    note: String,
}

/// An entry that is about to be written, with its receipt, for the announcement with this digest.
pub(super) fn with_receipt(
    engine: &Engine,
    announcement: Bytes<32>,
    mut entry: DrawEntry,
) -> Result<DrawEntry, AppError> {
    let wishes: Wishes = engine.draws.keys.open(&entry.wishes, entry.id)?;
    promise(engine, announcement, &mut entry, wishes)?;
    Ok(entry)
}

/// Puts the receipt into an entry with these wishes, and returns it as a note.
pub(super) fn promise(
    engine: &Engine,
    announcement: Bytes<32>,
    entry: &mut DrawEntry,
    wishes: Wishes,
) -> Result<String, AppError> {
    let note = sign(engine, announcement, entry, wishes);
    let kept = Kept { revision: entry.public.revision, note };
    let sealed = engine.draws.keys.seal(&kept, entry.id, &*engine.entropy)?;
    entry.receipt = Some(sealed);
    Ok(kept.note)
}

/// The receipt that was given, as a note.
pub(super) fn given(
    engine: &Engine,
    announcement: Bytes<32>,
    entry: &DrawEntry,
) -> Result<String, AppError> {
    if let Some(sealed) = &entry.receipt {
        let kept: Kept = engine.draws.keys.open(sealed, entry.id)?;
        if kept.revision == entry.public.revision {
            return Ok(kept.note);
        }
    }
    // Written by a version that kept none.
    let wishes: Wishes = engine.draws.keys.open(&entry.wishes, entry.id)?;
    Ok(sign(engine, announcement, entry, wishes))
}

fn sign(engine: &Engine, announcement: Bytes<32>, entry: &DrawEntry, wishes: Wishes) -> String {
    let receipt = Receipt {
        announcement,
        entry: entry.public.clone(),
        received: seconds(entry.changed_at),
        version: Version::V1,
        wishes,
    };
    signed(&receipt, &engine.draws.keys.receipts).to_string()
}
