//! A person says no to an offer, or that they still wait. By the link of a message it needs no log-in.

use booking::TrustLevel;
use ids::{OfferId, Pseudonym, WaitingId};
use proto::waiting::v1::PlaceLostBecause;
use serde_json::json;

use super::{declines_left, end_offers::lose, pass_on, require_level, terms};
use crate::{
    app::{AppError, Engine, WaitingRefusal},
    domain::{
        Actor,
        waiting::{AnswerToken, Notice, OfferStatus, SeatOffer, WaitingStatus},
    },
    store::{
        waiting_declines,
        waiting_entries::{self, Step},
        waiting_offers,
    },
};

/// What a link in a message can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The person does not want the seat.
    Decline,
    /// They let an offer lapse and still wait.
    StillWaiting,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered {
    /// Where the place in the list stands now.
    pub status: WaitingStatus,
    /// How many offers can still be declined before the place is lost.
    pub declines_left: u16,
}

/// Answers by the token of a message.
///
/// # Errors
/// It is no token of ours, or the offer is over. The same answer again is no error.
pub async fn answer_by_token(
    engine: &Engine,
    token: &AnswerToken,
    answer: Answer,
) -> Result<Answered, AppError> {
    let offer = waiting_offers::by_token(engine.database.connection(), token).await?;
    let offer = offer.ok_or(WaitingRefusal::OfferNotFound)?;
    match answer {
        Answer::Decline => decline(engine, &Actor::System, offer).await,
        Answer::StillWaiting => still_waiting(engine, &Actor::System, offer.entry).await,
    }
}

/// A person who is logged in declines.
///
/// # Errors
/// There is no such offer for them, it is over, or the log-in is less sure than the one that joined.
pub async fn decline_own(
    engine: &Engine,
    actor: &Actor,
    person: Pseudonym,
    level: TrustLevel,
    id: OfferId,
) -> Result<Answered, AppError> {
    let db = engine.database.connection();
    let offer = waiting_offers::find(db, id).await?.ok_or(WaitingRefusal::OfferNotFound)?;
    let entry = waiting_entries::find(db, offer.entry).await?;
    let entry =
        entry.filter(|entry| entry.person == person).ok_or(WaitingRefusal::OfferNotFound)?;
    require_level(engine, &entry, level)?;
    decline(engine, actor, offer).await
}

/// A person who is logged in says that they still wait.
///
/// # Errors
/// There is no such place of theirs in a list, or the log-in is less sure than the one that joined.
pub async fn still_waiting_own(
    engine: &Engine,
    actor: &Actor,
    person: Pseudonym,
    level: TrustLevel,
    id: WaitingId,
) -> Result<Answered, AppError> {
    let entry = waiting_entries::find(engine.database.connection(), id).await?;
    let entry = entry.filter(|entry| entry.person == person).ok_or(WaitingRefusal::NotWaiting)?;
    require_level(engine, &entry, level)?;
    still_waiting(engine, actor, id).await
}

pub(super) async fn decline(
    engine: &Engine,
    actor: &Actor,
    offer: SeatOffer,
) -> Result<Answered, AppError> {
    if offer.status == OfferStatus::Declined {
        return standing(engine, offer.entry).await;
    }
    if !offer.is_open(engine.now()) {
        return Err(WaitingRefusal::OfferOver.into());
    }
    let mut unit = engine.begin().await?;
    let (db, now) = (unit.transaction(), engine.now());
    if !waiting_offers::end(db, offer.id, OfferStatus::Declined, None, now).await? {
        return Err(WaitingRefusal::OfferOver.into());
    }
    pass_on(engine, &mut unit, &offer).await?;
    let entry = waiting_entries::find(unit.transaction(), offer.entry).await?;
    let entry = entry.filter(|entry| entry.status == WaitingStatus::Offered);
    let entry = entry.ok_or(WaitingRefusal::OfferOver)?;
    let list = terms(&engine.catalogue(), &entry.service);
    // Declining an offer at short notice costs nothing.
    let counts = offer.notice == Notice::Usual;
    let declines = entry.declines.saturating_add(u16::from(counts));
    if counts && declines >= u16::from(list.declines) {
        lose(engine, &mut unit, &entry, declines, PlaceLostBecause::Declines).await?;
    } else {
        let step = Step { to: WaitingStatus::Waiting, declines, answer_by: None, reason: None };
        waiting_entries::advance(unit.transaction(), &entry, &step, now).await?;
        if counts {
            let (db, declined) = (unit.transaction(), (declines, false));
            waiting_declines::note(db, entry.person, &entry.service, declined, now).await?;
        }
    }
    let details = json!({ "offer": offer.id });
    engine.record(&mut unit, actor, "waiting.declined", offer.entry, details).await?;
    unit.commit().await?;
    standing(engine, offer.entry).await
}

pub(super) async fn still_waiting(
    engine: &Engine,
    actor: &Actor,
    id: WaitingId,
) -> Result<Answered, AppError> {
    let mut unit = engine.begin().await?;
    let entry = waiting_entries::find(unit.transaction(), id).await?;
    let entry = entry.ok_or(WaitingRefusal::NotWaiting)?;
    if entry.status == WaitingStatus::Asked {
        let step = Step {
            to: WaitingStatus::Waiting,
            declines: entry.declines,
            answer_by: None,
            reason: None,
        };
        if waiting_entries::advance(unit.transaction(), &entry, &step, engine.now()).await? {
            engine.record(&mut unit, actor, "waiting.still_waiting", id, json!({})).await?;
        }
    }
    unit.commit().await?;
    standing(engine, id).await
}

/// Where a place stands.
async fn standing(engine: &Engine, id: WaitingId) -> Result<Answered, AppError> {
    let entry = waiting_entries::find(engine.database.connection(), id).await?;
    let entry = entry.ok_or(WaitingRefusal::NotWaiting)?;
    Ok(Answered { status: entry.status, declines_left: declines_left(engine, &entry) })
}
