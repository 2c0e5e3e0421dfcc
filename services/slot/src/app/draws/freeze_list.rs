//! The list is closed: from here on no entry is made, changed or withdrawn.

use std::collections::HashMap;

use booking::state::BookingStatus;
use draw::{EndReason, Entry, Freeze};
use ids::Pseudonym;
use jiff::Timestamp;
use messaging::UnitOfWork;

use super::{
    announcement, canonical_text,
    countersign_list::own_note,
    earlier,
    events::{self, Because},
    lost_secrets, needs_appointment,
    open_draw::seconds,
    settle_draw::Step,
};
use crate::{
    app::{AppError, close_past_bookings::close_past_bookings},
    domain::draw::{DrawEntry, DrawStatus, EntryStatus},
    store::{
        Transaction, bookings, draw_ends,
        draw_entries::{self, Listed, Outcome},
        draws::{self, DocumentKind},
    },
};

/// Closes and publishes the list. People who had an appointment in the group when the entry window closed are left
/// out, and get a message and a signed end instead; so are, in a draw of earlier appointments, those whose own
/// had ended. What they book or cancel after that counts when the winners are booked: the receipt promises that
/// an entry stands in the list unless it ended before the closing.
///
/// # Errors
/// The database does not answer.
pub(super) async fn freeze_list(step: &Step<'_>) -> Result<(), AppError> {
    let (engine, draw) = (step.engine, step.draw);
    let announcement = announcement(engine, draw.id).await?;
    if lost_secrets::stamp_key_is_given_up(step, &announcement) {
        return step.void(lost_secrets::GIVEN_UP).await;
    }
    // A booking that the desk forgot to close must not keep its person out of the draw.
    close_past_bookings(engine, step.term).await?;
    let Some(mut unit) = step.begin().await? else { return Ok(()) };
    draws::shut(unit.transaction(), draw.id).await?;
    // Whatever ended an entry has committed by now: no end is later than the freeze.
    let now = engine.now();
    let at = seconds(now);
    if announcement.beacon_time().is_some_and(|known| at >= known) {
        drop(unit);
        return step.void("the list was not closed before the beacon was known").await;
    }
    let booked = draw_entries::with_booking(unit.transaction(), draw.id, draw.closes).await?;
    let mut entries = match needs_appointment(draw)? {
        true => with_appointment(step, &mut unit, &booked, now).await?,
        false => without_booking(step, &mut unit, &booked, now).await?,
    };
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

type Booked = HashMap<Pseudonym, draw_entries::Booked>;

/// The list of a draw for everybody; those who have an appointment are left out.
async fn without_booking(
    step: &Step<'_>,
    unit: &mut UnitOfWork<'_>,
    booked: &Booked,
    now: Timestamp,
) -> Result<Vec<Entry>, AppError> {
    let mut entries = Vec::new();
    for Listed { person, public } in draw_entries::listed(unit.transaction(), step.draw.id).await? {
        let Some(booked) = booked.get(&person) else {
            entries.push(public);
            continue;
        };
        let (db, id) = (unit.transaction(), step.draw.id);
        if let Some(entry) = draw_entries::undecided(db, id, &public.serial).await? {
            leave_out(step, unit, &entry, Because::Booked(booked.since), now).await?;
        }
    }
    Ok(entries)
}

/// The list of a draw of earlier appointments; those whose own ended, or is no later any more, are left out.
async fn with_appointment(
    step: &Step<'_>,
    unit: &mut UnitOfWork<'_>,
    booked: &Booked,
    now: Timestamp,
) -> Result<Vec<Entry>, AppError> {
    let (mut entries, undecided) = (Vec::new(), EntryStatus::Entered);
    for entry in draw_entries::in_status(unit.transaction(), step.draw.id, undecided).await? {
        let (engine, closes) = (step.engine, step.draw.closes);
        let because = earlier::left_out(engine, &entry, booked.get(&entry.person), closes)?;
        let had_it = matches!(because, Some(Because::AppointmentEnded))
            && ended_since(unit.transaction(), &entry, closes).await?;
        match because {
            Some(because) if !had_it => leave_out(step, unit, &entry, because, now).await?,
            _ => entries.push(entry.public),
        }
    }
    Ok(entries)
}

/// Whether the appointment that an entry names was still there when the entry window closed, and ended after that.
async fn ended_since(
    transaction: &Transaction,
    entry: &DrawEntry,
    closes: Timestamp,
) -> Result<bool, AppError> {
    let Some(named) = entry.replaces else { return Ok(false) };
    let named = bookings::find(transaction, named).await?;
    let gone = [BookingStatus::Cancelled, BookingStatus::Rebooked];
    Ok(named.is_some_and(|named| {
        gone.contains(&named.status) && closes <= named.changed_at && closes < named.seat.start
    }))
}

/// Ends the entry of a person with another appointment in the group, or without the one that the draw asks
/// for.
async fn leave_out(
    step: &Step<'_>,
    unit: &mut UnitOfWork<'_>,
    entry: &DrawEntry,
    because: Because,
    now: Timestamp,
) -> Result<(), AppError> {
    let (engine, draw) = (step.engine, step.draw);
    let (reason, why) = match because {
        Because::AppointmentEnded => ("later-appointment-needed", EndReason::Withdrawn),
        Because::Booked(_)
        | Because::NothingLeft
        | Because::Void
        | Because::NotBookable
        | Because::BookedOtherwise(_)
        | Because::NotConfirmed(_)
        | Because::DeclinedByPhone(_)
        | Because::DayClosed
        | Because::TimeOver
        | Because::WithdrawnAtDesk => ("already-booked", EndReason::Booked),
    };
    let outcome = Outcome { reason: Some(reason.to_owned()), ..Outcome::default() };
    let db = unit.transaction();
    draw_entries::decide(db, entry, EntryStatus::NotBooked, &outcome, now).await?;
    draw_ends::note(db, draw.id, &entry.end(why, now)).await?;
    let event = events::not_drawn(engine, &engine.catalogue(), draw, entry, because)?;
    unit.publish(&event).await?;
    Ok(())
}
