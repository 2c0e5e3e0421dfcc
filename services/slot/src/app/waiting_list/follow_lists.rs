//! Waiting lists follow the catalogue: a service that has another name or is of another group keeps its line,
//! and where a list was taken away the places end and their people are told.

use catalogue::Catalogue;
use cluster::Term;
use ids::{GroupId, ServiceId};
use proto::waiting::v1::PlaceLostBecause;
use serde_json::json;

use super::{end_offers::lose, leading, pass_on};
use crate::{
    app::{AppError, Engine, failures::Failures},
    domain::{
        Actor,
        waiting::{OfferStatus, WaitingEntry},
    },
    store::{
        waiting_entries::{self, regrouped},
        waiting_offers,
    },
};

/// Places that are looked at in one go.
const BATCH: u64 = 500;

/// Puts right what the catalogue changed, as this process leads in `term`, each place in a transaction of
/// its own. One that fails does not keep the others waiting.
///
/// How many failed.
///
/// # Errors
/// The places cannot be read. What was put right by then stays so.
pub async fn follow_lists(engine: &Engine, term: Term) -> Result<i64, AppError> {
    let (db, catalogue) = (engine.database.connection(), engine.catalogue());
    let mut failures = Failures::default();
    for (id, length) in waiting_entries::lengths(db).await? {
        let to = list_now(&catalogue, &id);
        let entries = match &to {
            Some((service, group)) if *service == id => {
                regrouped::in_other_group(db, &id, group, BATCH).await?
            }
            Some(_) => waiting_entries::of_service(db, &id, BATCH).await?,
            None => {
                tracing::warn!(service = %id, people = length.people, "a service has no waiting list any more; the places end and their people are told");
                waiting_entries::of_service(db, &id, BATCH).await?
            }
        };
        for entry in entries {
            let followed = match &to {
                Some(to) => rename(engine, term, &entry, to).await,
                None => end_place(engine, term, &entry).await,
            };
            if let Err(error) = followed {
                tracing::warn!(place = %entry.id, service = %id, %error, "a place does not follow the catalogue; it is tried again");
                failures.add();
                if failures.are_too_many() {
                    return Ok(failures.count());
                }
            }
        }
    }
    Ok(failures.count())
}

/// By which name and in which group the list of a service goes on; `None`: it was taken away.
fn list_now(catalogue: &Catalogue, id: &ServiceId) -> Option<(ServiceId, GroupId)> {
    let listed = |id: &ServiceId| {
        let service = catalogue.service(id).filter(|service| service.waiting_list.is_some())?;
        Some((id.clone(), service.group.clone()))
    };
    listed(id).or_else(|| listed(catalogue.service_now(id)?))
}

/// A person who waits in another list of the new group as well keeps only that place. The same holds for two
/// persons of one doubt.
async fn rename(
    engine: &Engine,
    term: Term,
    entry: &WaitingEntry,
    (service, group): &(ServiceId, GroupId),
) -> Result<(), AppError> {
    let Some(unit) = leading(engine, term).await? else { return Ok(()) };
    let db = unit.transaction();
    let other = waiting_entries::in_group(db, entry.person, group).await?;
    if other.is_some_and(|other| other.id != entry.id) {
        drop(unit);
        return end_place(engine, term, entry).await;
    }
    if let Err(failure) = waiting_entries::change_service(db, entry.id, service, group).await {
        // Another person of the same doubt waits in the new group.
        if waiting_entries::is_in_doubt(&failure) {
            drop(unit);
            return end_place(engine, term, entry).await;
        }
        return Err(failure.into());
    }
    waiting_offers::change_service(db, entry.id, service).await?;
    Ok(unit.commit().await?)
}

/// There is nothing to wait for any more: an open offer ends, and the person is told.
async fn end_place(engine: &Engine, term: Term, entry: &WaitingEntry) -> Result<(), AppError> {
    let Some(mut unit) = leading(engine, term).await? else { return Ok(()) };
    let (db, now) = (unit.transaction(), engine.now());
    if let Some(offer) = waiting_offers::open_of(db, entry.id).await? {
        if !waiting_offers::end(db, offer.id, OfferStatus::Withdrawn, None, now).await? {
            return Ok(());
        }
        pass_on(engine, &mut unit, &offer).await?;
        let details = json!({ "offer": offer.id });
        engine.record(&mut unit, &Actor::System, "waiting.withdrawn", entry.id, details).await?;
    }
    let because = PlaceLostBecause::ListEnded;
    if lose(engine, &mut unit, entry, entry.declines, because).await? {
        unit.commit().await?;
    }
    Ok(())
}
