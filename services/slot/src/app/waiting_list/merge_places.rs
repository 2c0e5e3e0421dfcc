//! Two persons turned out to be the same human: they have one place in the lists of a group.

use ids::Pseudonym;
use messaging::UnitOfWork;

use super::{pass_on, rejoin::merge_declines};
use crate::{
    app::{AppError, Engine},
    domain::{
        Binding,
        waiting::{OfferStatus, WaitingEntry, WaitingStatus},
    },
    store::{waiting_entries, waiting_offers},
};

/// More places than one human can have.
const LIMIT: u64 = 100;

/// Gives the places of `dissolved` to `kept`, and what they declined. Where both are in line in a group, one is left: what was made
/// online before what staff made, so that a merge hands no place to the desk; else the earlier one. The
/// other comes back if the merge is undone. Within the merge's transaction, before the reservations change
/// hands.
///
/// # Errors
/// A statement fails.
pub async fn merge_places<'a>(
    engine: &'a Engine,
    unit: &mut UnitOfWork<'a>,
    kept: Pseudonym,
    dissolved: Pseudonym,
) -> Result<(), AppError> {
    for theirs in waiting_entries::of_person(unit.transaction(), dissolved, LIMIT).await? {
        if matches!(theirs.status, WaitingStatus::Booked | WaitingStatus::Ended) {
            continue;
        }
        let own = waiting_entries::in_group(unit.transaction(), kept, &theirs.group).await?;
        let Some(own) = own else { continue };
        let rank = |entry: &WaitingEntry| (entry.binding != Binding::Online, entry.place.clone());
        let other = if rank(&own) <= rank(&theirs) { theirs } else { own };
        drop_place(engine, unit, dissolved, &other).await?;
    }
    waiting_entries::change_person(unit.transaction(), dissolved, kept).await?;
    merge_declines(engine, unit.transaction(), kept, dissolved).await
}

async fn drop_place<'a>(
    engine: &'a Engine,
    unit: &mut UnitOfWork<'a>,
    dissolved: Pseudonym,
    entry: &WaitingEntry,
) -> Result<(), AppError> {
    let (db, now) = (unit.transaction(), engine.now());
    if let Some(offer) = waiting_offers::open_of(db, entry.id).await?
        && waiting_offers::end(db, offer.id, OfferStatus::Withdrawn, None, now).await?
    {
        pass_on(engine, unit, &offer).await?;
    }
    waiting_offers::delete_of(unit.transaction(), entry.id).await?;
    Ok(waiting_entries::end_merged(unit.transaction(), dissolved, entry.id, now).await?)
}
