//! The list is closed: from here on no entry is made, changed or withdrawn.

use draw::{Entry, Freeze};

use super::{
    announcement, canonical_text, countersign_list::own_note, events, open_draw::seconds,
    settle_draw::Step,
};
use crate::{
    app::AppError,
    domain::draw::{DrawStatus, EntryStatus},
    store::{
        draw_entries::{self, Outcome},
        draws::{self, DocumentKind},
    },
};
use proto::draw::v1::NotDrawnBecause;

/// Closes and publishes the list. People who have an appointment in the group by now are left out.
///
/// # Errors
/// The database does not answer.
pub(super) async fn freeze_list(step: &Step<'_>) -> Result<(), AppError> {
    let (engine, draw) = (step.engine, step.draw);
    let announcement = announcement(engine, draw.id).await?;
    let at = seconds(engine.now());
    if announcement.beacon_time().is_some_and(|known| at >= known) {
        return step.void("the list was not closed before the beacon was known").await;
    }
    let Some(mut unit) = step.begin().await? else { return Ok(()) };
    draws::shut(unit.transaction(), draw.id).await?;
    let catalogue = engine.catalogue();
    let busy = draw_entries::with_booking(unit.transaction(), draw.id).await?;
    let mut entries: Vec<Entry> = Vec::new();
    for entry in draw_entries::in_status(unit.transaction(), draw.id, EntryStatus::Entered).await? {
        if busy.contains(&entry.person) {
            let outcome =
                Outcome { reason: Some("already-booked".to_owned()), ..Outcome::default() };
            let (status, now) = (EntryStatus::NotBooked, engine.now());
            draw_entries::decide(unit.transaction(), entry.id, status, &outcome, now).await?;
            let because = NotDrawnBecause::NotBookable;
            unit.publish(&events::not_drawn(engine, &catalogue, draw, &entry, because)).await?;
        } else {
            entries.push(entry.public);
        }
    }
    entries.sort_unstable_by_key(|entry| entry.serial);
    let freeze = Freeze::new(&announcement, &entries, at);
    let own_note = own_note(engine, draw, &announcement, (&entries, &freeze))?;
    let count = u32::try_from(entries.len()).unwrap_or(u32::MAX);
    draws::note_entered(unit.transaction(), draw.id, count).await?;
    let mut documents = vec![
        (DocumentKind::Entries, canonical_text(&entries)?),
        (DocumentKind::Freeze, canonical_text(&freeze)?),
    ];
    documents.extend(own_note.map(|note| (DocumentKind::Tickets, note)));
    step.advance(unit, DrawStatus::Frozen, documents).await
}
