//! A merge is undone: an entry that it ended, since one human has one, is in the list again.

use draw::Announcement;
use ids::Pseudonym;
use messaging::UnitOfWork;
use serde_json::json;

use super::receipts::with_receipt;
use crate::{
    app::{AppError, Engine, seat_request::later_than},
    domain::{
        Actor,
        draw::{Draw, DrawEntry},
    },
    store::{
        Transaction, draw_ends,
        draw_entries::{self, offered},
        draws::{self, DocumentKind},
    },
};

/// Enters what the merge of `restored` ended, as the next revision, as long as the draw is open; what was
/// theirs is theirs, what belonged to the other one is `from`'s. Within the reversal's transaction, after
/// the entries that moved have gone back. The draws in which nothing comes back: the list is closed, the
/// person has another entry or a kept seat of the group by now, or another body gives the tickets, which took
/// this one back (then they can enter with a new one).
///
/// # Errors
/// A statement fails, or a list is being closed and that does not end in time.
pub async fn restore_entries(
    engine: &Engine,
    unit: &mut UnitOfWork<'_>,
    from: Pseudonym,
    restored: Pseudonym,
) -> Result<Vec<DrawEntry>, AppError> {
    let mut lost = Vec::new();
    for ended in draw_entries::ended_by_merge(unit.transaction(), restored).await? {
        let person = if ended.person == restored { restored } else { from };
        let entry = DrawEntry { person, doubt: None, ..ended };
        let Some(entry) = again(engine, unit.transaction(), entry.clone()).await? else {
            lost.push(entry);
            continue;
        };
        let details = json!({ "draw": entry.draw, "revision": entry.public.revision });
        engine.record(unit, &Actor::System, "draw.entry_restored", entry.id, details).await?;
    }
    Ok(lost)
}

/// The entry, written again; `None` if that is not possible.
async fn again(
    engine: &Engine,
    db: &Transaction,
    mut entry: DrawEntry,
) -> Result<Option<DrawEntry>, AppError> {
    draws::keep_open(db, entry.draw).await?;
    let Some(draw) = draws::find(db, entry.draw).await? else { return Ok(None) };
    let Some(announcement) = own_tickets(db, &draw).await? else { return Ok(None) };
    let end = draw_ends::find(db, draw.id, &entry.public.serial).await?;
    let has_other = draw_entries::of_person(db, draw.id, entry.person).await?.is_some()
        || draw_entries::open_in_group(db, entry.person, &entry.group).await?.is_some()
        || offered::open_in_group(db, entry.person, &entry.group).await?.is_some();
    let (Some(end), false, true) = (end, has_other, draw.is_open(engine.now())) else {
        return Ok(None);
    };
    // The end was signed and may have been shown: the entry is a later one.
    entry.public.revision = end.revision.saturating_add(1);
    entry.changed_at = later_than(entry.changed_at, engine.now());
    let entry = with_receipt(engine, announcement.digest(), entry)?;
    draw_entries::insert(db, &entry).await?;
    draw_ends::take_back(db, draw.id, &entry.public.serial).await?;
    Ok(Some(entry))
}

/// The announcement of a draw whose tickets the authority makes itself.
async fn own_tickets(db: &Transaction, draw: &Draw) -> Result<Option<Announcement>, AppError> {
    let text = draws::document(db, draw.id, DocumentKind::Announcement).await?;
    let read = |text: String| {
        serde_json::from_str::<Announcement>(&text).map_err(|why| AppError::Internal(why.into()))
    };
    let announcement = text.map(read).transpose()?;
    Ok(announcement.filter(|announcement| !announcement.identity.independent))
}
