//! Offers and places that end by themselves: the person did not answer in time, or has booked.

use cluster::Term;
use messaging::UnitOfWork;
use proto::waiting::v1::PlaceLostBecause;
use serde_json::json;

use super::{events, leading, pass_on, rejoin, stand_by::missed_short_offer, terms};
use crate::{
    app::{AppError, Engine, failures::Failures},
    domain::{
        Actor,
        waiting::{AnswerToken, Notice, OfferStatus, SeatOffer, WaitingEntry, WaitingStatus},
    },
    store::{
        waiting_declines,
        waiting_entries::{self, Step},
        waiting_offers,
    },
};

/// Offers and places that are looked at in one go.
const BATCH: u64 = 500;

/// What ended in one look.
#[derive(Debug, Default)]
pub struct Ended {
    /// Offers that nobody answered in time.
    pub lapsed: u64,
    /// How many offers and places did not end as they are due.
    pub failed: i64,
}

/// Ends what is due, as this process leads in `term`, each in a transaction of its own. One that fails does
/// not keep the others waiting.
///
/// # Errors
/// What is due cannot be read. What was ended by then stays ended.
pub async fn end_offers(engine: &Engine, term: Term) -> Result<Ended, AppError> {
    let (db, now) = (engine.database.connection(), engine.now());
    let (mut lapsed, mut failures) = (0, Failures::default());
    for entry in waiting_entries::booked_otherwise(db, BATCH).await? {
        if let Err(error) = end_booked(engine, term, &entry).await {
            tracing::warn!(place = %entry.id, %error, "the place of a person with an appointment does not end; it is tried again");
            failures.add();
            if failures.are_too_many() {
                return Ok(Ended { lapsed, failed: failures.count() });
            }
        }
    }
    for offer in waiting_offers::lapsed(db, now, BATCH).await? {
        match lapse(engine, term, &offer).await {
            Ok(has_lapsed) => lapsed += u64::from(has_lapsed),
            Err(error) => {
                tracing::warn!(offer = %offer.id, %error, "an offer does not lapse, its seat stays kept; it is tried again");
                failures.add();
                if failures.are_too_many() {
                    return Ok(Ended { lapsed, failed: failures.count() });
                }
            }
        }
    }
    for entry in waiting_entries::silent(db, now, BATCH).await? {
        if let Err(error) = end_silent(engine, term, &entry).await {
            tracing::warn!(place = %entry.id, %error, "the place of a person who does not answer does not end; it is tried again");
            failures.add();
            if failures.are_too_many() {
                return Ok(Ended { lapsed, failed: failures.count() });
            }
        }
    }
    Ok(Ended { lapsed, failed: failures.count() })
}

/// A person has an appointment in the group that they did not get by the list: offer and place end.
async fn end_booked(engine: &Engine, term: Term, entry: &WaitingEntry) -> Result<(), AppError> {
    let Some(mut unit) = leading(engine, term).await? else { return Ok(()) };
    let (db, now) = (unit.transaction(), engine.now());
    if let Some(offer) = waiting_offers::open_of(db, entry.id).await? {
        if !waiting_offers::end(db, offer.id, OfferStatus::Withdrawn, None, now).await? {
            return Ok(());
        }
        pass_on(engine, &mut unit, &offer).await?;
    }
    let step =
        Step { to: WaitingStatus::Booked, declines: entry.declines, answer_by: None, reason: None };
    if !waiting_entries::advance(unit.transaction(), entry, &step, now).await? {
        return Ok(());
    }
    engine.record(&mut unit, &Actor::System, "waiting.booked", entry.id, json!({})).await?;
    Ok(unit.commit().await?)
}

/// No answer in time: the seat goes to the next in line, and the person is asked whether they still
/// wait. Whether it lapsed now.
async fn lapse(engine: &Engine, term: Term, offer: &SeatOffer) -> Result<bool, AppError> {
    let Some(mut unit) = leading(engine, term).await? else { return Ok(false) };
    let (db, now) = (unit.transaction(), engine.now());
    if !waiting_offers::end(db, offer.id, OfferStatus::Lapsed, None, now).await? {
        return Ok(false);
    }
    pass_on(engine, &mut unit, offer).await?;
    let entry = waiting_entries::find(unit.transaction(), offer.entry).await?;
    if let Some(entry) = entry.filter(|entry| entry.status == WaitingStatus::Offered) {
        match offer.notice {
            Notice::Usual => ask_again(engine, &mut unit, &entry, offer).await?,
            Notice::Short => missed_short_offer(engine, &mut unit, &entry).await?,
        }
    }
    let details = json!({ "offer": offer.id });
    engine.record(&mut unit, &Actor::System, "waiting.lapsed", offer.entry, details).await?;
    unit.commit().await?;
    tracing::info!(offer = %offer.id, service = %offer.service, "an offer lapsed");
    Ok(true)
}

/// Silence counts as a decline: the place is lost, or the person is asked whether they still wait.
async fn ask_again<'a>(
    engine: &'a Engine,
    unit: &mut UnitOfWork<'a>,
    entry: &WaitingEntry,
    offer: &SeatOffer,
) -> Result<(), AppError> {
    let (catalogue, now) = (engine.catalogue(), engine.now());
    let list = terms(&catalogue, &entry.service);
    let declines = entry.declines.saturating_add(1);
    if declines >= u16::from(list.declines) {
        lose(engine, unit, entry, declines, PlaceLostBecause::Declines).await?;
        return Ok(());
    }
    let answer_by = list.answer_until(now);
    let step =
        Step { to: WaitingStatus::Asked, declines, answer_by: Some(answer_by), reason: None };
    waiting_entries::advance(unit.transaction(), entry, &step, now).await?;
    let (db, declined) = (unit.transaction(), (declines, false));
    waiting_declines::note(db, entry.person, &entry.service, declined, now).await?;
    let token = AnswerToken::new(engine.entropy.bytes());
    waiting_offers::change_token(unit.transaction(), offer.id, &token).await?;
    let event = events::lapsed(engine, &catalogue, entry, declines, answer_by, &token);
    Ok(unit.publish(&event).await?)
}

/// A person did not confirm that they still wait.
async fn end_silent(engine: &Engine, term: Term, entry: &WaitingEntry) -> Result<(), AppError> {
    let Some(mut unit) = leading(engine, term).await? else { return Ok(()) };
    if lose(engine, &mut unit, entry, entry.declines, PlaceLostBecause::Silence).await? {
        unit.commit().await?;
    }
    Ok(())
}

/// A place is lost, and the person gets a message. `false`: it is in another state by now.
pub(super) async fn lose<'a>(
    engine: &'a Engine,
    unit: &mut UnitOfWork<'a>,
    entry: &WaitingEntry,
    declines: u16,
    because: PlaceLostBecause,
) -> Result<bool, AppError> {
    let reason = match because {
        PlaceLostBecause::Declines => "declines",
        PlaceLostBecause::ListEnded => "list-ended",
        PlaceLostBecause::LeftAtDesk => "left-at-desk",
        PlaceLostBecause::Silence | PlaceLostBecause::Unspecified => "silence",
    };
    let step = Step { to: WaitingStatus::Ended, declines, answer_by: None, reason: Some(reason) };
    if !waiting_entries::advance(unit.transaction(), entry, &step, engine.now()).await? {
        return Ok(false);
    }
    if matches!(reason, "declines" | "silence") {
        let (db, now, declined) = (unit.transaction(), engine.now(), (declines, true));
        waiting_declines::note(db, entry.person, &entry.service, declined, now).await?;
    }
    let catalogue = engine.catalogue();
    let again_at = match because {
        PlaceLostBecause::Declines | PlaceLostBecause::Silence => {
            rejoin::after_loss(engine, unit.transaction(), &catalogue, entry).await?
        }
        PlaceLostBecause::ListEnded
        | PlaceLostBecause::LeftAtDesk
        | PlaceLostBecause::Unspecified => None,
    };
    unit.publish(&events::lost(engine, &catalogue, entry, because, again_at)).await?;
    let details = json!({ "reason": reason });
    engine.record(unit, &Actor::System, "waiting.lost", entry.id, details).await?;
    Ok(true)
}
