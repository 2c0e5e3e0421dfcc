//! What a message of a waiting list asks, by the token in its link: so that its page can show the
//! question before anything is answered.

use booking::Seat;
use ids::{OfferId, ServiceId};
use jiff::Timestamp;

use super::declines_left;
use crate::{
    app::{AppError, Engine, WaitingRefusal},
    domain::waiting::{AnswerToken, Notice, OfferStatus, WaitingStatus},
    store::{waiting_entries, waiting_offers},
};

/// What a message is about, as it stands now. It says no more than the message did.
#[derive(Debug, Clone)]
pub struct MessageState {
    /// For what the person waits.
    pub service: ServiceId,
    /// Where the place stands.
    pub place: WaitingStatus,
    /// How many offers can still be declined before the place is lost.
    pub declines_left: u16,
    /// Until when they can say that they still wait, if they are asked.
    pub answer_by: Option<Timestamp>,
    /// Which offer.
    pub offer: OfferId,
    /// Where the offer stands; one whose time is up has lapsed.
    pub offer_status: OfferStatus,
    /// Which seat.
    pub seat: Seat,
    /// Until when it can be accepted.
    pub valid_until: Timestamp,
    /// How much notice it gives.
    pub notice: Notice,
    /// Whether it is instead of an appointment that the person has.
    pub is_move: bool,
}

/// Reads it. Nothing changes, however often it is read: mail scanners open links.
///
/// # Errors
/// It is no token of ours, or that of an older message.
pub async fn read_message(engine: &Engine, token: &AnswerToken) -> Result<MessageState, AppError> {
    let db = engine.database.connection();
    let offer = waiting_offers::by_token(db, token).await?.ok_or(WaitingRefusal::OfferNotFound)?;
    let entry =
        waiting_entries::find(db, offer.entry).await?.ok_or(WaitingRefusal::OfferNotFound)?;
    let declines_left = declines_left(engine, &entry);
    let offer_status = match offer.status {
        OfferStatus::Open if !offer.is_open(engine.now()) => OfferStatus::Lapsed,
        status => status,
    };
    Ok(MessageState {
        service: entry.service,
        place: entry.status,
        declines_left,
        answer_by: entry.answer_by,
        offer: offer.id,
        offer_status,
        seat: offer.seat,
        valid_until: offer.valid_until,
        notice: offer.notice,
        is_move: entry.replaces.is_some(),
    })
}
